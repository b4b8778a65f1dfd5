// `npm run demo`: one person through a whole visit, without a window, on simulated hardware.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addStick, simulator, station } from './bench.mjs'
import { program, root } from './places.mjs'
import { setup } from './setup.mjs'
import { run, script, step } from './step.mjs'

const out = join(root, 'out', 'demo')
const left = ['card.pdf', 'card-front.png', 'receipt-list.pdf', 'ledger']

async function main() {
  await setup('use')
  rmSync(out, { recursive: true, force: true })
  const sim = await step('simulated hardware', { remedy: 'the scenario is fixtures/scenarios/demo.toml' }, () =>
    simulator('fixtures/scenarios/demo.toml'))
  try {
    const file = addStick(station('fixtures/stations/demo.toml', out, sim.ready))
    await step('visit', { about: '10 s', remedy: 'the last line above names the step of the visit' }, () =>
      run(program('youdai'), ['visit', '--station', file, '--out', out]))
    // The visit has proved its own work; the files are looked at once more from outside, by another process.
    await step('ledger and files, looked at again', { remedy: 'what the visit left is in out/demo' }, async () => {
      await run(program('youdai'), ['ledger', 'verify', join(out, 'ledger')])
      const absent = left.filter((name) => !existsSync(join(out, name)))
      if (absent.length > 0) throw new Error(`not there: ${absent.join(', ')}`)
    })
  } finally {
    await sim.stop()
  }
}

await script(main)
