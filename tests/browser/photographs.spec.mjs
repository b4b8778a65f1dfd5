// Photographs every screen at both counter sizes and measures it: no axe violation, nothing cut off, no page that scrolls.
// The photographs go to test-results/photographs, for a person to look at.
import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'

import { SCREENS, openChromium, ready } from './chromium.mjs'
import { cannedViews, startMock } from './mock.mjs'

const out = resolve(import.meta.dirname, '../../test-results/photographs')
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const views = await cannedViews()

/** What sticks out of its box or off the screen, in words. Runs in the page. */
function overflow() {
  const wrong = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) wrong.push('the page itself scrolls')
  for (const element of document.querySelectorAll('#app *')) {
    const box = element.getBoundingClientRect()
    if (box.width < 2 || box.height < 2 || element.closest('.unseen, svg')) continue
    if (box.right > innerWidth + 1 || box.left < -1) wrong.push(`off the side: ${element.className} ${element.textContent.slice(0, 20)}`)
    if (element.matches('button, label') && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut off: ${element.textContent.trim()}`)
  }
  const primary = document.querySelector('button.primary')?.getBoundingClientRect()
  if (primary && primary.bottom > innerHeight) wrong.push('the primary button is below the screen')
  return wrong
}

/** Targets lower than 11 mm, in words. Runs in the page. */
function lowTargets() {
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))
  return [...document.querySelectorAll('button, select, input:not([type=radio], [type=checkbox]), label:has(input[type=radio], input[type=checkbox])')]
    .map((element) => ({ words: element.textContent.trim(), high: element.getBoundingClientRect().height / mm }))
    .filter(({ high }) => high < 10.99)
}

let browser, mock
before(async () => {
  await mkdir(out, { recursive: true })
  browser = await openChromium()
  mock = await startMock()
})
after(async () => {
  await browser?.close()
  await mock?.stop()
})

for (const screen of SCREENS) {
  describe(screen.name, () => {
    for (const [name, view] of Object.entries(views)) {
      test(`${name} is whole, reachable and accessible`, async () => {
        mock.show({ ...view, station: { ...view.station, px_per_mm: screen.pxPerMm } })
        const page = await browser.newPage({ viewport: { width: screen.width, height: screen.height }, reducedMotion: 'reduce' })
        const complaints = []
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(error.message))
        try {
          await page.goto(mock.url)
          await ready(page)
          await page.waitForFunction(() => !document.querySelector('.coming'))
          await page.screenshot({ path: join(out, `${name}-${screen.name}.png`) })
          assert.deepEqual(await page.evaluate(overflow), [])
          assert.deepEqual(await page.evaluate(lowTargets), [])
          await page.addScriptTag({ content: axe })
          const { violations } = await page.evaluate(() => globalThis.axe.run())
          assert.deepEqual(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) })), [])
          assert.deepEqual(complaints, [])
        } finally {
          await page.close()
        }
      })
    }
  })
}
