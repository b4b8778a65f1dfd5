// `npm run demo`: one person through a whole visit, without a window, on simulated hardware.
import { existsSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { simulator, station } from './bench.mjs'
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
    const file = station('fixtures/stations/demo.toml', out, sim.ready)
    await step('visit', { about: '10 s', remedy: 'the last line above names the step of the visit' }, () =>
      run(program('youdai'), ['visit', '--station', file, '--out', out]))
    await step('journal', { remedy: 'the ledger is in out/demo/ledger' }, () =>
      run(program('youdai'), ['ledger', 'verify', join(out, 'ledger')]))
    await step('files', { remedy: 'the visit ended without leaving them; run it again and read its lines' }, show)
  } finally {
    await sim.stop()
  }
}

function show() {
  const absent = left.filter((name) => !existsSync(join(out, name)))
  if (absent.length > 0) throw new Error(`not there: ${absent.join(', ')}`)
  for (const name of left) {
    const path = join(out, name)
    const size = statSync(path).isDirectory() ? '' : `  ${Math.ceil(statSync(path).size / 1024)} KiB`
    console.log(`   ${relative(root, path)}${size}`)
  }
}

await script(main)
