// Photographs every screen at both counter sizes and measures it: no axe violation, nothing cut off, no page that scrolls,
// no low target. The photographs go to test-results/photographs, for a person to look at.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'

import { build } from 'vite'

import { SCREENS, openChromium, ready, settled } from './chromium.mjs'
import { complaints } from './measure.mjs'
import { cannedViews, startMock } from './mock.mjs'

const out = resolve(import.meta.dirname, '../../test-results')
const views = await cannedViews()
let browser

/** What is asked in a box of its own: how to get there from a screen. */
const BOXES = {
  'box-withdraw': ['applicant', (page) => page.getByRole('button', { name: '申请人撤回' }).click()],
  'box-refuse': ['applicant', (page) => page.getByRole('button', { name: '不予收件' }).click()],
  'box-refuse-verdict': ['eligibility-no', (page) => page.getByRole('main').getByRole('button', { name: '不予收件' }).click()],
  'box-person': ['people', (page) => page.getByRole('button', { name: '添加人员' }).click()],
  'box-unmask': ['unmask', (page) => page.getByRole('button', { name: '显示完整证号' }).click()],
  'box-settle': ['outbox', (page) => page.getByRole('button', { name: '说明结果' }).click()],
  'box-spoil': ['printing-ask', (page) => page.getByRole('button', { name: '废卡' }).click()],
}

before(async () => {
  await mkdir(join(out, 'photographs'), { recursive: true })
  browser = await openChromium()
})
after(() => browser?.close())

for (const screen of SCREENS) {
  describe(screen.name, () => {
    let mock, page
    const errors = []

    before(async () => {
      mock = await startMock()
      page = await browser.newPage({ viewport: { width: screen.width, height: screen.height }, reducedMotion: 'reduce' })
      // As in the shell: a page that writes over an inherited name would fail there, so it fails here.
      await page.addInitScript(() => Object.freeze(Object.prototype))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      page.on('pageerror', (error) => errors.push(error.message))
      await page.goto(mock.url)
      await ready(page)
    })
    after(() => mock.stop())

    async function look(name, view, photographed = name) {
      const version = mock.show({ ...view, station: { ...view.station, px_per_mm: screen.pxPerMm } })
      await settled(page, version)
      await photograph(photographed)
    }

    async function photograph(name) {
      await page.mouse.move(0, 0)
      await page.screenshot({ path: join(out, 'photographs', `${name}-${screen.name}.png`) })
      assert.deepEqual(await complaints(page), [])
      assert.deepEqual(errors.splice(0), [])
    }

    for (const [name, view] of Object.entries(views)) {
      test(`${name} is whole, reachable and accessible`, () => look(name, view))
    }

    for (const [name, [from, open]] of Object.entries(BOXES)) {
      test(`${name} is whole, reachable and accessible`, async () => {
        await look(from, views[from])
        await open(page)
        await page.getByRole('dialog').waitFor()
        await photograph(name)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      })
    }

    test('the high contrast theme is accessible too', async () => {
      await page.getByRole('button', { name: '高对比' }).click()
      for (const name of ['lobby', 'materials-problem', 'photo', 'printing-failed', 'rating']) await look(name, views[name], `contrast-${name}`)
      await page.getByRole('button', { name: '高对比' }).click()
    })
  })
}

test('the gallery shows every part', async () => {
  const folder = join(out, 'gallery')
  await build({ mode: 'browser', logLevel: 'error', build: { outDir: folder, rolldownOptions: { input: resolve(out, '../ui/gallery.html') } } })
  const mock = await startMock(folder)
  const page = await browser.newPage({ viewport: { width: 1366, height: 3200 }, reducedMotion: 'reduce' })
  try {
    await page.goto(`${mock.url}/gallery.html`)
    await ready(page)
    await page.waitForFunction(() => !document.querySelector('.coming'))
    await page.screenshot({ path: join(out, 'photographs', 'gallery.png') })
    assert.deepEqual(await complaints(page), [])
  } finally {
    await page.close()
    await mock.stop()
  }
})
