// The Debian packages: which are wanted, which are missing, and how they are installed.
import { spawnSync } from 'node:child_process'
import { run, step, StepFailed } from './step.mjs'

/** To build: a linker, Perl and make for the bundled OpenSSL, and the system's web view. */
const build = ['build-essential', 'perl', 'pkg-config', 'libwebkit2gtk-4.1-dev']
/** To run: fonts of the screens and the card, and pdftotext, with which the demo reads its card back. */
const use = ['fonts-noto-cjk', 'fonts-babelstone-han', 'fonts-hanazono', 'poppler-utils']
/** To test, or to show a window without a display. cups-ipp-utils brings the card printer in software. */
const test = [
  'cups-ipp-utils', 'xvfb', 'xauth', 'dbus', 'dbus-x11', 'openbox', 'x11-utils', 'webkit2gtk-driver', 'chromium',
  'imagemagick', 'git',
]

/** Installs what is missing of the packages for `purpose`: `use`, or `test` which includes it. */
export async function debianPackages(purpose) {
  const wanted = purpose === 'test' ? [...build, ...use, ...test] : [...build, ...use]
  if (spawnSync('dpkg-query', ['--version']).error) {
    console.log(`== Not a Debian system: these packages, or what stands for them, must be there: ${wanted.join(' ')}`)
    return
  }
  const missing = wanted.filter((name) => !installed(name))
  if (missing.length === 0) return
  const minutes = missing.length > 4 ? '2 to 4 minutes' : '1 minute'
  await step(`Debian packages: ${missing.join(' ')}`, { about: minutes }, () => install(missing))
}

function installed(name) {
  const answer = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' })
  return answer.status === 0 && answer.stdout.includes('ok installed')
}

async function install(names) {
  const asRoot = process.getuid() === 0 ? [] : ['sudo']
  // Another install on the machine holds the lock for a while; wait for it rather than fail.
  const aptGet = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=300']
  const byHand = `as root, run: apt-get update && apt-get install --no-install-recommends ${names.join(' ')}`
  const apt = (...args) => run(aptGet[0], [...aptGet.slice(1), ...args], { quiet: true })
  try {
    await apt('update')
    await apt('install', '-y', '--no-install-recommends', ...names)
  } catch (cause) {
    throw new StepFailed('Debian packages', cause.message, byHand)
  }
}
