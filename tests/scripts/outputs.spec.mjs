// The search for full citizen numbers in what the tests leave behind. The numbers here are of nobody.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { leaksUnder, numbersIn } from '../../scripts/outputs.mjs'

/** Put together here, so that this file does not hold it either. */
const full = ['430903', '19510308', '0025'].join('')

test('a full number is found however it is written', () => {
  const ways = [full, `身份证${full}号`, `430903 19510308 0025`.trim(), `"number":"${full}"`]
  for (const text of ways) assert.deepEqual(numbersIn(text), [full], text)
})

test('what only looks like a number is none', () => {
  const others = ['430903********0025', full.replace(/5$/, '6'), `1${full}`, `${full}7`, '430903195113080025', `ab${full}cd`]
  for (const text of others) assert.deepEqual(numbersIn(text), [], text)
})

test('every kind of file is looked into, and the numbers are not told', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'youdai-outputs-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'deep'))
  writeFileSync(join(folder, 'clean.txt'), '430903********0025')
  writeFileSync(join(folder, 'deep', 'log.txt'), `read ${full}`)
  writeFileSync(join(folder, 'ledger.db'), Buffer.concat([Buffer.from([0, 255, 7]), Buffer.from(full, 'utf16le')]))
  writeFileSync(join(folder, 'paper.pdf'), paperSaying(full))
  mkdirSync(join(folder, '档案包'))
  writeFileSync(join(folder, '档案包', 'DA-HS0101-20211108-0001.tar'), full)
  writeFileSync(join(folder, '档案包', 'list.txt'), full)
  const leaks = leaksUnder(folder)
  assert.deepEqual(leaks.map(({ file }) => file).sort(), ['deep/log.txt', 'ledger.db', 'paper.pdf', '档案包/list.txt'])
  assert.ok(!JSON.stringify(leaks).includes(full))
})

/** A PDF of one page whose text lies in a packed stream, where its bytes do not show it. */
function paperSaying(words) {
  const text = deflateSync(`BT /F 12 Tf 72 700 Td (${words}) Tj ET`)
  const parts = [
    '%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n',
    '3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n',
    '5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Courier>> endobj\n',
    `4 0 obj <</Length ${text.length}/Filter/FlateDecode>> stream\n`,
    text,
    '\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n',
  ]
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}
