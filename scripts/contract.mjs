// Writes ui/src/contract.ts anew from the Rust types in crates/desk/src/contract.
import { run, script, step } from './step.mjs'

await script(() =>
  step('contract', { about: '10 s, minutes on a first build', remedy: 'read the compiler message above' }, () =>
    run('cargo', ['test', '--locked', '--quiet', '-p', 'desk', 'contract'], { env: { UPDATE_CONTRACT: '1' } })))
