// The policy pack laid open on the real desk: reached from the lobby by its words, read chapter by chapter at both counter
// sizes, left again. The photographs go to test-results/pack, for a person to look at.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { station } from '../../scripts/bench.mjs'
import { practicePeople, startProgram, top } from './bench.mjs'
import { SCREENS, openChromium, ready } from './chromium.mjs'
import { clerkAt } from './clerk.mjs'
import { complaints } from './measure.mjs'

const PATIENCE = 30_000
const out = join(top, 'test-results', 'pack')

let folder, sim, host, browser, page

before(async () => {
  await mkdir(out, { recursive: true })
  folder = await mkdtemp(join(tmpdir(), 'youdai-pack-'))
  sim = await startProgram('hardware-sim', join(top, 'fixtures/scenarios/demo.toml'))
  const file = station('fixtures/stations/demo.toml', folder, sim.ready)
  const people = practicePeople(file)
  host = await startProgram('browser-host', '--station', file, '--ui', join(top, 'ui/dist-browser'), '--port', '0')
  browser = await openChromium()
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE)
  await page.goto(host.ready.url)
  await ready(page)
  const clerk = clerkAt(page, host, folder)
  await clerk.act(() => clerk.signIn(people.clerk))
})

after(async () => {
  await browser?.close()
  await host?.stop()
  await sim?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function look(name) {
  await page.mouse.move(0, 0)
  for (const { name: size, width, height } of SCREENS.toReversed()) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: join(out, `${name}-${size}.png`) })
    assert.deepEqual(await complaints(page), [], `${name} at ${size}`)
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('the lobby lays the pack open', async () => {
  await look('lobby')
  await page.getByRole('button', { name: '规则与出处' }).click()
  await page.getByRole('heading', { name: '规则与出处' }).waitFor()
})

test('every chapter says where its values come from', async () => {
  const chapters = page.getByRole('navigation', { name: '分类' }).getByRole('button')
  const names = await chapters.allTextContents()
  assert.deepEqual(names.slice(0, 2), ['办什么', '谁可以办'])
  for (const [index, name] of names.entries()) {
    await chapters.nth(index).click()
    await page.getByRole('heading', { name, exact: true }).waitFor()
    const rows = await page.getByRole('region', { name }).getByRole('listitem').allTextContents()
    assert.ok(rows.length > 0, name)
    for (const row of rows) assert.match(row, /\d{4}-\d{2}-\d{2}( 查阅)? ?把握[高中低]/, row)
    await look(`chapter-${index}`)
  }
})

test('a number that has to be checked is never shown as one to dial', async () => {
  await page.getByRole('button', { name: '区县电话' }).click()
  const dongbu = await page.getByRole('listitem').filter({ hasText: '东部新区' }).textContent()
  assert.match(dongbu, /号码待核实/)
  assert.match(dongbu, /原文写作“0737-461700”/)
})

test('the pack leads back to the lobby', async () => {
  await page.getByRole('button', { name: '回到大厅' }).click()
  await page.getByRole('heading', { name: '我要办理老年优待证' }).waitFor()
})
