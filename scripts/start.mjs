// `npm start`: the window of a village on simulated hardware. `--hall` opens that of a hall, `--virtual` gives it a display
// that nobody sees.
import { join } from 'node:path'
import { addStick, simulator, station } from './bench.mjs'
import { program, root } from './places.mjs'
import { setup } from './setup.mjs'
import { run, script, step } from './step.mjs'

const virtual = process.argv.includes('--virtual')
const [template, folder] = process.argv.includes('--hall') ? ['fixtures/stations/hall.toml', 'start-hall'] : ['fixtures/stations/demo.toml', 'start']

async function main() {
  if (!virtual && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.error('There is no display here: `npm run start:virtual` opens the window on a virtual one.')
    return 2
  }
  await setup(virtual ? 'test' : 'use')
  const sim = await step('simulated hardware', {}, () => simulator('fixtures/scenarios/demo.toml'))
  try {
    const file = addStick(station(template, join(root, 'out', folder), sim.ready))
    console.log(`   reader ${sim.ready.reader_pty}, platforms ${sim.ready.platform}`)
    if (sim.ready.control) console.log(`   to lay and lift cards: ${sim.ready.control}`)
    await step('people to sign in as', { remedy: 'the words above say what is missing' }, () =>
      run(program('youdai'), ['people', 'practice', '--station', file]))
    const remedy = 'the words on the window, or above, say what is missing'
    await step('window; it ends when you close it', { remedy }, () => window(file))
  } finally {
    await sim.stop()
  }
}

function window(file) {
  if (!virtual) return run(program('counter'), [file])
  return run('xvfb-run', ['-a', '-s', '-screen 0 1920x1080x24 -nolisten tcp', program('counter'), file])
}

await script(main)
