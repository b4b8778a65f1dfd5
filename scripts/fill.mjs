// `npm run fill -- --cases N [--into DIR]`: a training ledger of N invented cases over ten years, in out/fill if not said.
import { program } from './places.mjs'
import { setup } from './setup.mjs'
import { run, script, step } from './step.mjs'

const words = process.argv.slice(2)

async function main() {
  await setup('use')
  const into = words.includes('--into') ? [] : ['--into', 'out/fill']
  const remedy = 'a folder that holds a ledger is never filled: give another one, or remove it yourself'
  await step('invented cases', { about: '7 minutes for 200,000', remedy }, () =>
    run(program('youdai'), ['ledger', 'fill', ...into, ...words]))
}

await script(main)
