// What the tests said and left behind, looked through for full citizen numbers (GB 11643): on a screen, a paper or in a
// log they are masked, and in the ledger's file they are encrypted. `npm test` does this when every test has run.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, relative } from 'node:path'
import { root, target } from './places.mjs'

/** Where the tests work and print during `npm test`, and where all of it is kept until it was looked through. */
export const outputs = join(target, 'outputs')

/** Empties the place before the tests run. */
export function clearOutputs() {
  rmSync(outputs, { recursive: true, force: true })
  mkdirSync(outputs, { recursive: true })
}

/** A new folder for one test, and its end: kept while `npm test` looks on, gone otherwise. */
export function outputFolder(name) {
  const kept = process.env.YOUDAI_OUTPUTS
  const folder = mkdtempSync(join(kept ?? tmpdir(), `${name}-`))
  return { folder, done: () => kept || rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

/** The weights of the first seventeen digits, and the check character for each remainder (ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Eighteen places with a birthday in the middle, together or set apart as people write them. */
const CANDIDATE = /(?<![0-9a-f])(\d{6})[ -]?((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))[ -]?(\d{3}[\dX])(?![0-9a-f])/gi

/** The full citizen numbers in a text, each once. */
export function numbersIn(text) {
  const found = [...text.matchAll(CANDIDATE)].map(([, region, birth, rest]) => `${region}${birth}${rest}`.toUpperCase())
  return [...new Set(found.filter(isSound))]
}

function isSound(number) {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0)
  return CHECKS[sum % 11] === number[17]
}

/** An archive package that an archivist took out is the whole file of a case, and the one output that has to name its person. */
const isPackage = (path) => /[\\/]档案包[\\/]DA-[^\\/]+\.tar$/.test(path)

/** Every file under `folder` that holds full numbers: `{ file, count }`. The numbers themselves are not told. */
export function leaksUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isPackage(path))
    .map((path) => ({ file: relative(folder, path), count: numbersInFile(path).length }))
    .filter(({ count }) => count > 0)
}

/** The numbers in one file: in the text of a PDF, and in the bytes of any other, one or two bytes a character. */
export function numbersInFile(path) {
  if (extname(path) === '.pdf') return numbersIn(pdfText(path))
  const bytes = readFileSync(path)
  const texts = ['latin1', 'utf16le'].map((encoding) => bytes.toString(encoding))
  return numbersIn([...texts, bytes.subarray(1).toString('utf16le')].join('\n'))
}

function pdfText(path) {
  const read = spawnSync('pdftotext', ['-q', path, '-'], { encoding: 'utf8' })
  // What cannot be read cannot be called clean. An unfinished job of a killed printer is no PDF at all.
  if (read.error) throw new Error(`pdftotext could not be started (${read.error.code})`)
  return read.status === 0 ? read.stdout : readFileSync(path, 'latin1')
}

/**
 * All that tests said and left: their folders, what their runners printed (nextest keeps what passing tests say in a file
 * of its own), and the results in the clone that they compare theirs with.
 */
export function leaks() {
  const listed = spawnSync('git', ['ls-files', '*.snap', 'docs'], { cwd: root, encoding: 'utf8' })
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`)
  const kept = join(target, 'nextest', 'default', 'junit.xml')
  const files = [...listed.stdout.split('\n').filter(Boolean).map((file) => join(root, file)), ...(existsSync(kept) ? [kept] : [])]
  const single = files.map((path) => ({ file: relative(root, path), count: numbersInFile(path).length }))
  return [...single.filter(({ count }) => count > 0), ...leaksUnder(outputs)]
}
