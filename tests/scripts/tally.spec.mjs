// What the runners print becomes the right numbers: a wrong sum here would call a failed run good.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tally } from '../../scripts/tally.mjs'

test('cargo test: every test program counts', () => {
  const text = [
    'test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.34s',
    'test result: FAILED. 19 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.34s',
  ].join('\n')
  assert.deepEqual(tally('cargo', text), { passed: 31, failed: 4 })
})

test('nextest: the summary counts, with and without failures', () => {
  const good = '     Summary [   0.012s] 34 tests run: 34 passed (1 slow), 0 skipped'
  assert.deepEqual(tally('nextest', good), { passed: 34, failed: 0 })
  const bad = '     Summary [   0.012s] 34 tests run: 33 passed, 1 failed, 0 skipped'
  assert.deepEqual(tally('nextest', bad), { passed: 33, failed: 1 })
})

test('vitest: tests count, not files, and colours do not hide them', () => {
  const good = '\u001b[2m Test Files \u001b[22m 4 passed (4)\n\u001b[2m      Tests \u001b[22m \u001b[32m79 passed\u001b[39m (79)'
  assert.deepEqual(tally('vitest', good), { passed: 79, failed: 0 })
  assert.deepEqual(tally('vitest', ' Test Files  1 failed | 3 passed (4)\n      Tests  2 failed | 77 passed (79)'), { passed: 77, failed: 2 })
})

test('node --test: both reporters count', () => {
  assert.deepEqual(tally('node', 'ℹ tests 9\nℹ pass 7\nℹ fail 2\nℹ cancelled 0'), { passed: 7, failed: 2 })
  assert.deepEqual(tally('node', '# tests 9\n# pass 9\n# fail 0'), { passed: 9, failed: 0 })
})

test('a runner that died says nothing, and nothing is counted', () => {
  for (const runner of ['cargo', 'nextest', 'vitest', 'node']) {
    assert.deepEqual(tally(runner, 'error: could not compile `desk`'), { passed: 0, failed: 0 })
  }
})
