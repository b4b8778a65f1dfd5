// The counter by keyboard alone: where focus begins, in what order it goes, what Enter and Escape do.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openChromium, ready, settled } from './chromium.mjs'
import { cannedViews, startMock } from './mock.mjs'

const views = await cannedViews()
let browser, mock, page

before(async () => {
  mock = await startMock()
  browser = await openChromium()
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  await page.goto(mock.url)
  await ready(page)
})
after(async () => {
  await browser?.close()
  await mock?.stop()
})

async function show(name) {
  mock.asked.length = 0
  await settled(page, mock.show(views[name]))
}

const focused = () =>
  page.evaluate(() => {
    const { activeElement: at } = document
    return at.id || at.name || at.textContent.trim()
  })

async function tabs(count) {
  const path = []
  for (let press = 0; press < count; press += 1) {
    await page.keyboard.press('Tab')
    path.push(await focused())
  }
  return path
}

test('a step begins at its title and goes through its entries to the primary button, then to the side doors', async () => {
  await show('identify')
  await show('applicant')
  assert.equal(await focused(), '申请信息')
  const entries = ['mode', 'f-department', 'hukou', 'f-hukou_basis', 'f-phone', 'f-contact_address']
  // The person's card scrolls where it has no room, and can then be scrolled by keyboard: it is a stop of its own.
  const stops = (await tabs(12)).filter((stop) => !stop.includes('身份证号'))
  assert.deepEqual(stops.slice(0, 11), [...entries, '填好了', '暂存', '一次性告知', '不予收件', '申请人撤回'])
})

test('Enter in a field presses the primary button, and the summary takes focus', async () => {
  await show('identify')
  await show('applicant')
  await page.getByLabel('联系电话').press('Enter')
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.equal(await summary.evaluate((box) => box === document.activeElement), true)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'mode')
  assert.deepEqual(mock.asked, [])
})

test('the door is opened by keyboard alone', async () => {
  await show('sign-in')
  assert.equal(await focused(), 'f-name')
  await page.keyboard.type('张敏')
  await page.keyboard.press('Tab')
  await page.keyboard.type('lianxi-zhangmin-1')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.getElementById('f-password').value === '')
  assert.deepEqual(mock.asked, [{ ask: 'sign_in', name: '张敏', password: 'lianxi-zhangmin-1' }])
})

test('arrows choose an answer', async () => {
  await show('delivery')
  await page.getByRole('radio', { name: /本人/ }).focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await page.getByRole('radio', { name: /代理人/ }).isChecked(), true)
})

test('Escape leaves a box and gives focus back to what opened it', async () => {
  await show('numbering')
  const withdraw = page.getByRole('button', { name: '申请人撤回' })
  await withdraw.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await focused(), '申请人撤回')
  assert.deepEqual(mock.asked, [])
})

test('a button that may not be pressed is reached by Tab and does nothing', async () => {
  await show('acceptance-gaps')
  const accept = page.getByRole('button', { name: '受理' })
  await accept.focus()
  await page.keyboard.press('Enter')
  assert.equal(await accept.getAttribute('aria-disabled'), 'true')
  assert.deepEqual(mock.asked, [])
})

test('what the window must not do, the page refuses', async () => {
  await show('lobby')
  const opened = await page.evaluate(() => document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })))
  assert.equal(opened, false)
  const dropped = await page.evaluate(() => document.body.dispatchEvent(new Event('drop', { bubbles: true, cancelable: true })))
  assert.equal(dropped, false)
})
