// The page: npm packages and the two builds of the UI, each done again only when what it is made of has changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { npmProgram, root } from './places.mjs'
import { run, step } from './step.mjs'

/** `npm ci`, unless the installed packages are younger than the lock file. */
export async function npmPackages() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  const remedy = 'check the network and the npm registry (npm config get registry), then try again'
  await step('npm packages', { about: '20 s', remedy }, () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']))
}

/** Builds the page for a host: `tauri` into ui/dist, which the window embeds, or `browser` into ui/dist-browser. */
export async function page(host) {
  const folder = join(root, 'ui', host === 'browser' ? 'dist-browser' : 'dist')
  const stamp = join(root, 'node_modules', '.cache', 'youdai', `page-${host}.sha256`)
  const hash = ingredients()
  if (existsSync(join(folder, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  const mode = host === 'browser' ? ['--mode', 'browser'] : []
  const remedy = 'read the message above; `npx vite build` alone repeats it'
  await step(`page for ${host}`, { about: '5 s', remedy }, () =>
    run(npmProgram('vite'), ['build', '--logLevel=warn', ...mode]))
  mkdirSync(join(stamp, '..'), { recursive: true })
  writeFileSync(stamp, hash)
}

/** A hash over everything the page is made of: its sources, its build settings and its locked packages. */
function ingredients() {
  const hash = createHash('sha256')
  const files = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'].map((name) => join(root, name))
  for (const path of [...files, ...below(join(root, 'ui'))].filter(existsSync)) {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function* below(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (entry.name.startsWith('dist') || entry.name === 'node_modules' || entry.name === 'tests') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* below(path)
    else yield path
  }
}
