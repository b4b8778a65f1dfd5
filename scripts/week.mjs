// `npm run week -- --seed N`: a simulated week at a village and a hall, and whether it balances.
import { program } from './places.mjs'
import { setup } from './setup.mjs'
import { run, script, step } from './step.mjs'

async function main() {
  await setup('use')
  const remedy = 'the lines marked NOT GOOD say what does not balance; the same seed gives the same week'
  await step('a simulated week', { about: '2 to 4 minutes for 300 visits', remedy }, () =>
    run(program('week'), process.argv.slice(2)))
}

await script(main)
