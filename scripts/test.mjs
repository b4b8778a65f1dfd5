// `npm test`: set-up, then every check. All of them run even when one fails, so that one run shows everything.
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childEnv, npmProgram, root, target } from './places.mjs'
import { clearOutputs, leaks, outputs } from './outputs.mjs'
import { setup } from './setup.mjs'
import { run, script, seconds } from './step.mjs'
import { tally } from './tally.mjs'

const nextest = spawnSync('cargo', ['nextest', '--version'], { env: childEnv }).status === 0

// ONE feature set and ONE package selection for every cargo command, else the dependencies are built twice.
const rust = ['--workspace', '--locked']
const checks = [
  ['typecheck', npmProgram('vue-tsc'), ['--noEmit']],
  ['tests of the page', npmProgram('vitest'), ['run'], 'vitest'],
  ['format', 'cargo', ['fmt', '--all', '--check']],
  ['clippy', 'cargo', ['clippy', ...rust, '--all-targets', '--quiet', '--', '-D', 'warnings']],
  nextest
    ? ['Rust tests', 'cargo', ['nextest', 'run', ...rust, '--no-fail-fast', '--status-level', 'fail'], 'nextest']
    : ['Rust tests', 'cargo', ['test', ...rust, '--no-fail-fast', '--quiet', '--', '--show-output'], 'cargo'],
  ['scripts', 'node', nodeTests('tests/scripts'), 'node'],
  ['page in Chromium', 'node', nodeTests('tests/browser'), 'node'],
  ['window in WebKit', 'node', nodeTests('tests/window'), 'node'],
]

function nodeTests(folder) {
  const specs = readdirSync(join(root, folder)).filter((name) => name.endsWith('.spec.mjs')).sort()
  return ['--test', '--test-reporter=spec', ...specs.map((name) => join(folder, name))]
}

async function main() {
  const began = Date.now()
  await setup('test')
  clearOutputs()
  const sum = { passed: 0, failed: 0 }
  const bad = []
  for (const [name, command, args, runner] of checks) {
    const good = await check(name, command, args, runner, sum)
    if (!good) bad.push(name)
  }
  if (!numbersStayed(sum)) bad.push('outputs')
  console.log(`\n-- all: ${seconds(Date.now() - began)}`)
  if (bad.length > 0) console.log(`Not good: ${bad.join(', ')}. The messages are above, under those names.`)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  return bad.length === 0 ? 0 : 1
}

/** Runs one check and adds its tests to `sum`. A check without a test runner of its own counts as one test. */
async function check(name, command, args, runner, sum) {
  console.log(`== ${name}`)
  const began = Date.now()
  let heard = ''
  const env = { YOUDAI_BIN_DIR: join(target, 'debug'), CARGO_TERM_COLOR: 'never', NO_COLOR: '1', FORCE_COLOR: undefined }
  // A snapshot that differs fails; it is never written by a check.
  env.INSTA_UPDATE = 'no'
  env.YOUDAI_OUTPUTS = outputs
  const good = await run(command, args, { env, hear: (text) => (heard += text) }).then(
    () => true,
    (failure) => (console.log(failure.message), false),
  )
  writeFileSync(join(outputs, `${name}.log`), heard)
  const counted = runner ? tally(runner, heard) : good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  if (counted.passed + counted.failed === 0) console.log('   No test result could be read: that counts as a failure.')
  // A runner that ends badly without naming a failed test (a crash, a build error) is one failure.
  const honest = counted.failed === 0 && (!good || counted.passed === 0) ? { ...counted, failed: 1 } : counted
  sum.passed += honest.passed
  sum.failed += honest.failed
  console.log(`-- ${name}: ${honest.passed} passed, ${honest.failed} failed, ${seconds(Date.now() - began)}`)
  return good && honest.failed === 0
}

/** The last check: nothing that the others printed or left behind holds a full citizen number. */
function numbersStayed(sum) {
  console.log('== outputs')
  const found = leaks()
  for (const { file, count } of found) console.log(`   ${file}: ${count} full citizen number${count === 1 ? '' : 's'}`)
  const good = found.length === 0
  sum[good ? 'passed' : 'failed'] += 1
  console.log(`-- outputs: ${good ? 'no full citizen number in what the tests printed and left' : `look at them in ${outputs}`}`)
  return good
}

await script(main)
