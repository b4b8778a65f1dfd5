// Makes a bare machine ready: packages, page, programs. What is already done is not done again.
import { existsSync } from 'node:fs'
import { debianPackages } from './debian.mjs'
import { npmPackages, page } from './page.mjs'
import { program } from './places.mjs'
import { run, script, step } from './step.mjs'
import { toolchain } from './toolchain.mjs'

/** Sets up for `use` (demo, window) or `test` (everything). */
export async function setup(purpose) {
  const first = !existsSync(program('youdai'))
  if (first) console.log('First run on this machine: about 15 minutes on 2 cores, most of it compiling Rust.')
  await toolchain(purpose)
  await debianPackages(purpose)
  await npmPackages()
  // The window embeds the page when it is compiled, so the page comes before cargo.
  await page('tauri')
  if (purpose === 'test') await page('browser')
  const remedy = 'read the compiler message above; `cargo build --workspace --locked` alone repeats it'
  await step('Rust programs', { about: first ? '13 minutes' : 'a second, or a minute after a change', remedy }, () =>
    run('cargo', ['build', '--workspace', '--locked']))
}

if (process.argv[1] === import.meta.filename) {
  await script(() => setup(process.argv.includes('--test') ? 'test' : 'use'))
}
