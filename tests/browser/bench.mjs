// The programs of a real visit: the simulated hardware and the browser host, each a process of its own.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const top = resolve(import.meta.dirname, '../..')

/** Folder of the built programs. `npm test` sets YOUDAI_BIN_DIR. */
const bin = process.env.YOUDAI_BIN_DIR ?? join(process.env.CARGO_TARGET_DIR ?? join(top, 'target'), 'debug')

/** Runs a built program to its end and gives what it printed. */
export function runProgram(name, ...args) {
  const ran = spawnSync(join(bin, name), args, { cwd: top, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${name} ${args.join(' ')}: ${ran.stdout}${ran.stderr}`)
  return ran.stdout
}

/** Makes the invented people of a training station and gives how they sign in: `{ administrator, clerk }`. */
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
