// A bench: the simulator as a process of its own, and a station wired to it.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { childEnv, program, root, target } from './places.mjs'

/** Starts `hardware-sim` with a scenario. Gives what it said when it was ready, and `stop`. */
export async function simulator(scenario) {
  const child = spawn(program('hardware-sim'), [join(root, scenario)], {
    cwd: root,
    env: childEnv,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  const failed = new Promise((_, reject) => {
    child.on('error', (error) => reject(new Error(`hardware-sim could not be started (${error.code})`)))
    child.on('exit', (code) => reject(new Error(`hardware-sim ended with ${code} before it was ready`)))
  })
  const firstLine = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  const ready = JSON.parse(await Promise.race([firstLine, failed]))
  failed.catch(() => {}) // From here on its end is awaited by `stop`.
  return {
    ready,
    /** Closes its standard input, on which it ends by itself, and gives its exit code. */
    stop: () => (child.stdin.end(), ended),
  }
}

/** What the photographer and the scanner of a bench have left by the time a person comes. */
const firstPictures = { photos: 'fixtures/portraits/woman.jpg', documents: 'fixtures/pages/id-card-page.png' }

/** The folders that stand for printers. A desk never makes one: a queue that is gone is trouble to be told of. */
const queues = ['queue/card', 'queue/paper']

/**
 * Writes a station file into `folder`, wired to the simulator, from a template of fixtures/stations, and gives its path.
 * A template is itself a valid station: its relative paths start at fixtures/stations, its output is in out/demo, its
 * programs are in target/debug, and its platforms are at a port where nobody answers.
 */
export function station(template, folder, ready) {
  for (const [inner, picture] of Object.entries(firstPictures)) {
    mkdirSync(join(folder, inner), { recursive: true })
    copyFileSync(join(root, picture), join(folder, inner, basename(picture)))
  }
  for (const queue of queues) mkdirSync(join(folder, queue), { recursive: true })
  const text = readFileSync(join(root, template), 'utf8')
    .replaceAll('serial:../../out/demo/reader@', `serial:${ready.reader_pty}@`)
    .replaceAll('"../../out/demo', `"${folder}`)
    .replaceAll('"../../target/debug/', `"${join(target, 'debug')}/`)
    .replaceAll('"../', `"${join(root, 'fixtures')}/`)
    .replaceAll('http://127.0.0.1:9/', `${ready.platform}/`)
  const path = join(folder, 'station.toml')
  writeFileSync(path, text)
  return path
}

/**
 * Gives a station of `station` a folder that stands for the stick, and an invented county whose keys lie beside it, so that
 * its outbox can be carried by hand (docs/stick-format.md). Gives the path again.
 */
export function addStick(path) {
  const folder = dirname(path)
  mkdirSync(join(folder, 'stick'), { recursive: true })
  const keys = execFileSync(program('hardware-sim'), ['stick-key', '--seed', '1'], { cwd: root, env: childEnv, encoding: 'utf8' })
  writeFileSync(join(folder, 'county.key'), keys)
  const section = `\n[stick]\nfolder = "${join(folder, 'stick')}"\ncounty_key = "${JSON.parse(keys).public}"\n`
  writeFileSync(path, readFileSync(path, 'utf8') + section)
  return path
}
