// `npm run bench`: how much of a card read is the driver's own time, beside what the line and the module need by themselves.
// Printed, never asserted: on a busy machine everything is slower, and a test that hangs on the hour proves nothing.
import { program } from './places.mjs'
import { setup } from './setup.mjs'
import { run, script, step } from './step.mjs'

/** Reads a speed. The middle one counts. */
const runs = 9

async function main() {
  await setup('use')
  const remedy = 'the line above says what the driver could not read; `youdai reader probe` asks a reader who it is'
  await step('base read on the paced simulator, at most 1.10 wanted', { about: '30 s', remedy }, () =>
    run(program('hardware-sim'), ['pace', '--driver', `${program('youdai')} reader read`, '--runs', String(runs)]).catch(
      (failure) => {
        // It ends with 1 after its last line when a ratio is above the limit; the line says so itself.
        if (failure.code !== 1) throw failure
        console.log('   Above the limit. Was the machine busy?')
      },
    ))
}

await script(main)
