// One named step of a script: it says what it does and about how long that takes, and when it fails, what to do.
import { spawn } from 'node:child_process'
import { childEnv, root } from './places.mjs'

/** A step that did not come to its end. `remedy` is one sentence for the person at the keyboard. */
export class StepFailed extends Error {
  constructor(step, cause, remedy) {
    super(`${step}: ${cause}`)
    this.remedy = remedy
  }
}

/** Runs `work`, and names the step in front of it and, with its duration, behind it. */
export async function step(name, { about, remedy }, work) {
  console.log(`== ${name}${about ? ` (about ${about})` : ''}`)
  const began = Date.now()
  try {
    const result = await work()
    console.log(`-- ${name}: ${seconds(Date.now() - began)}`)
    return result
  } catch (cause) {
    throw cause instanceof StepFailed ? cause : new StepFailed(name, cause.message, remedy)
  }
}

/**
 * Runs a command in the clone and waits for it. Its output passes through; `hear` also gets every chunk of it. What a
 * `quiet` command said is shown only when it fails, and then its last lines.
 */
export function run(command, args, { env = {}, hear, quiet } = {}) {
  if (quiet) return runQuietly(command, args, env)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...childEnv, ...env },
      stdio: hear ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    })
    child.stdout?.on('data', (chunk) => (process.stdout.write(chunk), hear(chunk.toString())))
    child.stderr?.on('data', (chunk) => (process.stderr.write(chunk), hear(chunk.toString())))
    child.on('error', (error) => reject(new Error(`${command} could not be started (${error.code})`)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve()
      const end = signal ? `was ended by ${signal}` : `ended with ${code}`
      reject(Object.assign(new Error(`${command} ${args[0] ?? ''} ${end}`), { code }))
    })
  })
}

async function runQuietly(command, args, env) {
  let heard = ''
  const child = spawn(command, args, { cwd: root, env: { ...childEnv, ...env }, stdio: ['inherit', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (heard += chunk))
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${command} could not be started (${error.code})`)))
    child.on('close', resolve)
  })
  if (code === 0) return
  console.log(heard.split('\n').slice(-30).join('\n'))
  throw new Error(`${command} ${args[0] ?? ''} ended with ${code}`)
}

/** Runs a script's main function; a failed step becomes its name, its remedy and exit code 1. */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (failure) {
    if (!(failure instanceof StepFailed)) throw failure
    console.error(`\nThis step failed - ${failure.message}`)
    if (failure.remedy) console.error(`What to do: ${failure.remedy}`)
    process.exitCode = 1
  }
}

export const seconds = (ms) => (ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`)
