// Reads how many tests passed and failed from what a test runner printed.

/** Patterns of the four runners; each gives the numbers after which it is named, summed over all of its lines. */
const runners = {
  // test result: ok. 12 passed; 0 failed; 0 ignored; ...
  cargo: { passed: /^test result: .*?(\d+) passed;/gm, failed: /^test result: .*?(\d+) failed;/gm },
  // Summary [ 1.2s] 34 tests run: 33 passed (1 slow), 1 failed, 0 skipped
  nextest: { passed: /^\s*Summary .*?(\d+) passed/gm, failed: /^\s*Summary .*?(\d+) failed/gm },
  //  Tests  1 failed | 11 passed (12)
  vitest: { passed: /^\s*Tests .*?(\d+) passed/gm, failed: /^\s*Tests .*?(\d+) failed/gm },
  // ℹ pass 5 / # pass 5
  node: { passed: /^[ℹ#] pass (\d+)/gm, failed: /^[ℹ#] fail (\d+)/gm },
}

/** The sum over `text`, the whole output of `runner`. */
export function tally(runner, text) {
  const plain = text.replace(/\x1b\[[0-9;]*m/g, '')
  const sum = (pattern) => [...plain.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0)
  return { passed: sum(runners[runner].passed), failed: sum(runners[runner].failed) }
}
