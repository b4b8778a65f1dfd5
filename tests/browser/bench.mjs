// The programs of a real visit: the simulated hardware and the browser host, each a process of its own; and a desk made of
// them that is worked at in a browser.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import { station } from '../../scripts/bench.mjs'
import { outputFolder } from '../../scripts/outputs.mjs'
import { SCREENS, openChromium, ready } from './chromium.mjs'
import { clerkAt } from './clerk.mjs'
import { complaints } from './measure.mjs'

export const top = resolve(import.meta.dirname, '../..')

/** Folder of the built programs. `npm test` sets YOUDAI_BIN_DIR. */
const bin = process.env.YOUDAI_BIN_DIR ?? join(process.env.CARGO_TARGET_DIR ?? join(top, 'target'), 'debug')

/** Runs a built program to its end and gives what it printed. */
export function runProgram(name, ...args) {
  const ran = spawnSync(join(bin, name), args, { cwd: top, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${name} ${args.join(' ')}: ${ran.stdout}${ran.stderr}`)
  return ran.stdout
}

/** Makes the invented people of a training station and gives how they sign in: `{ administrator, clerk, issuer, … }`. */
export function practicePeople(station) {
  const made = spawnSync(join(bin, 'youdai'), ['--json', 'people', 'practice', '--station', station], { cwd: top, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`youdai people practice: ${made.stdout}${made.stderr}`)
  return JSON.parse(made.stdout)
}

/**
 * Starts a program that prints one JSON line when it is ready and serves until its standard input closes.
 * Gives that line as `ready`, and `stop`, which waits for the end.
 */
export async function startProgram(name, ...args) {
  const child = spawn(join(bin, name), args, { cwd: top, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const early = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${name} ended with ${code} before it was ready`)))
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'error').then(([error]) => Promise.reject(error)), early])
  early.catch(() => {}) // From here on its end is awaited by `stop`.
  return {
    ready: JSON.parse(line),
    /** As a power cut ends it: no destructor runs, nothing is written any more. */
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}

/** The longest that one act of the desk or of its devices may take, in milliseconds. */
const PATIENCE = 30_000

/**
 * A station with its simulated hardware and its people, and a browser at the counter's size. Its folder is looked through for
 * full citizen numbers afterwards; photographs go to test-results/NAME. `template` is a station of fixtures/stations. `host`, `page` and `clerk` are there after `comeIn`.
 */
export async function deskInBrowser(name, template = 'fixtures/stations/demo.toml') {
  const out = join(top, 'test-results', name)
  await mkdir(out, { recursive: true })
  const { folder, done } = outputFolder(name)
  const sim = await startProgram('hardware-sim', join(top, 'fixtures/scenarios/demo.toml'))
  const file = station(template, folder, sim.ready)
  // Nobody is slow here, and a card that is missing is missed sooner.
  await writeFile(file, (await readFile(file, 'utf8')).replace(/wait_ms = \d+/, 'wait_ms = 2000'))
  const people = practicePeople(file)
  const browser = await openChromium()
  const desk = {
    folder,
    sim,
    people,
    host: null,
    page: null,
    clerk: null,
    /** Starts the program on the same ledger and opens its page; nobody is signed in. */
    async comeIn() {
      desk.host = await startProgram('browser-host', '--station', file, '--ui', join(top, 'ui/dist-browser'), '--port', '0')
      desk.page = await browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
      desk.page.setDefaultTimeout(PATIENCE)
      desk.clerk = clerkAt(desk.page, desk.host, folder)
      await desk.page.goto(desk.host.ready.url)
      await ready(desk.page)
    },
    /** Photographs the screen as it stands at every size, and measures it. */
    async look(shown) {
      const { page } = desk
      await page.waitForFunction(() => !document.querySelector('.coming'))
      await page.mouse.move(0, 0)
      for (const { name: size, width, height } of SCREENS.toReversed()) {
        await page.setViewportSize({ width, height })
        await page.screenshot({ path: join(out, `${shown}-${size}.png`) })
        assert.deepEqual(await complaints(page), [], `${shown} at ${size}`)
      }
      await page.setViewportSize({ width: 1366, height: 768 })
    },
    /** Resolves when the printer has put this sheet out. */
    async paper(name) {
      const path = join(folder, 'queue', 'paper', `${name}.pdf`)
      for (const since = Date.now(); Date.now() - since < PATIENCE; await new Promise((resolve) => setTimeout(resolve, 50)))
        if (existsSync(path)) return
      assert.fail(`${path} did not come out`)
    },
    async end() {
      await browser.close()
      await desk.host?.stop()
      await sim.stop()
      done()
    },
  }
  return desk
}
