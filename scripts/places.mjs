// Where things are: the clone, the target folder, and the built programs.
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** Cargo's target folder: CARGO_TARGET_DIR when set, else ./target. */
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target')

/** Path of a debug program by name: `youdai`, `hardware-sim`, `counter`, `browser-host`. */
export const program = (name) => join(target, 'debug', name)

/** Path of a program that npm installed. */
export const npmProgram = (name) => join(root, 'node_modules', '.bin', name)

/** The environment of every child: rustup's folder is on the path even where the login shell was never started anew. */
export const childEnv = {
  ...process.env,
  PATH: `${process.env.PATH}${delimiter}${join(homedir(), '.cargo', 'bin')}`,
  CARGO_TARGET_DIR: target,
}
