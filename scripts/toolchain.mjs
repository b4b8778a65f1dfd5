// What must be there before anything else: Rust and Node, new enough, with the parts of Rust that the tests use.
import { spawnSync } from 'node:child_process'
import { childEnv } from './places.mjs'
import { run, step, StepFailed } from './step.mjs'

const leastRust = [1, 95]
const leastNode = [20, 19]

/** Checks Rust and Node. For `test`, also adds clippy and rustfmt where rustup left them out. */
export async function toolchain(purpose) {
  demand('Node', process.versions.node, leastNode, 'install Node 20.19 or newer')
  demand('Rust', version('rustc'), leastRust, 'install Rust 1.95 or newer with rustup, then try again')
  demand('npm', version('npm'), [9, 0], 'install npm 9 or newer')
  if (purpose !== 'test') return
  const parts = ['clippy', 'fmt'].filter((part) => !version('cargo', part))
  if (parts.length === 0) return
  const names = parts.map((part) => (part === 'fmt' ? 'rustfmt' : part))
  const remedy = `add them to your Rust installation: rustup component add ${names.join(' ')}`
  await step(`Rust: ${names.join(' ')}`, { about: '20 s', remedy }, () => run('rustup', ['component', 'add', ...names]))
}

/** The version a program reports, or undefined when it is not there. */
function version(command, ...part) {
  const answer = spawnSync(command, [...part, '--version'], { encoding: 'utf8', env: childEnv })
  return answer.status === 0 ? answer.stdout.match(/\d+\.\d+(\.\d+)?/)?.[0] : undefined
}

function demand(name, found, least, remedy) {
  const [major, minor] = (found ?? '0.0').split('.').map(Number)
  if (major > least[0] || (major === least[0] && minor >= least[1])) return
  throw new StepFailed(name, found ? `version ${found} is too old` : 'not found', remedy)
}
