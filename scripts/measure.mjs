// `npm run bench`: what is promised in times. How much of a card read is the driver's own time, beside what the line and the
// module need by themselves; and how long a counter with 200,000 cases behind it takes to answer.
// Printed, never asserted: on a busy machine everything is slower, and a test that hangs on the hour proves nothing.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { program, target } from './places.mjs'
import { setup } from './setup.mjs'
import { run, script, step } from './step.mjs'

/** Reads a speed. The middle one counts. */
const runs = 9
/** Cases of the ledger that is asked. It is made once and kept in the target folder. */
const cases = 200_000
const filled = join(target, 'bench', `filled-${cases}`)

async function main() {
  await setup('use')
  await cardRead()
  await messages()
  await card()
  await search()
}

/** Both measures end with 1 after their last line when a ratio is above its limit; the line says so itself. */
function measured(command, args) {
  return run(command, args).catch((failure) => {
    if (failure.code !== 1) throw failure
    console.log('   Above the limit. Was the machine busy?')
  })
}

function cardRead() {
  const remedy = 'the line above says what the driver could not read; `youdai reader probe` asks a reader who it is'
  return step('base read on the paced simulator, at most 1.10 wanted', { about: '30 s', remedy }, () =>
    measured(program('hardware-sim'), ['pace', '--driver', `${program('youdai')} reader read`, '--runs', String(runs)]))
}

function messages() {
  const remedy = 'the line above says which message had no answer'
  return step('a message to a simulated platform, beside a bare socket', { about: '10 s', remedy }, () =>
    run(program('uplink-pace'), []))
}

function card() {
  const remedy = 'the line above says what could not be made; the fonts are those of fixtures/fonts.toml'
  return step('a card, from its words to the bytes that are printed and to its preview', { about: '10 s', remedy }, () =>
    measured(program('card-pace'), []))
}

async function search() {
  if (!existsSync(filled)) {
    // Filled beside its place, so that an interrupted fill is not taken for a whole one.
    const part = `${filled}.part`
    rmSync(part, { recursive: true, force: true })
    const remedy = 'it needs 10 GB in the target folder while it is made, and 6 GB after'
    await step(`a ledger of ${cases} invented cases, kept for the next time`, { about: '7 minutes, more on a busy machine', remedy }, () =>
      run(program('youdai'), ['ledger', 'fill', '--cases', String(cases), '--into', part]))
    renameSync(part, filled)
  }
  const remedy = `remove ${filled} when it is of another version; it is made anew`
  await step(`a counter with ${cases} cases behind it, p99 at most 1.00 of 50 ms wanted`, { about: '1 minute', remedy }, () =>
    measured(program('search-pace'), ['fixtures/stations/demo.toml', filled]))
}

await script(main)
