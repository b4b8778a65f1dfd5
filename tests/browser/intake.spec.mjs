// The intake at the real desk, by role and words: the slip at the door and in a case, an identity that is typed, a field of
// the chip set aside, the one-time notice, and a half-filled form after the program was killed.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, folder, sim, host, page, clerk, people, look

before(async () => {
  desk = await deskInBrowser('intake')
  ;({ folder, sim, people, look } = desk)
  await comeIn()
})

after(() => desk?.end())

/** Starts the program on the same ledger, opens its page, and signs in. */
async function comeIn() {
  await desk.comeIn()
  ;({ host, page, clerk } = desk)
  await clerk.act(() => clerk.signIn(people.clerk))
}

async function lay(card) {
  const answer = await fetch(`${sim.ready.control}/control/reader`, { method: 'POST', body: JSON.stringify({ do: 'lay', card }) })
  assert.equal(answer.status, 200, await answer.text())
}

/** Waits until the paper printer has put out the sheet of this number. */
async function printed(number) {
  const sheet = join(folder, 'queue/paper', `${number}.pdf`)
  for (let tries = 0; !existsSync(sheet); tries += 1) {
    assert.ok(tries < 200, `${number} was not printed`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

/** What the desk shows now: the first event of its stream. */
async function shown() {
  const leaving = new AbortController()
  const { body } = await fetch(`${host.ready.url}/view`, { signal: leaving.signal })
  let text = ''
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part
    if (text.includes('\n\n')) break
  }
  leaving.abort()
  return JSON.parse(text.slice(text.indexOf('{'), text.indexOf('\n\n')))
}

const box = () => page.getByRole('dialog')

test('somebody too young is refused at the door with a slip, and the birth date is asked for', async () => {
  await clerk.button('不予收件，开告知书').click()
  await box().getByLabel('原因').selectOption({ label: '您还没有到办证年龄。' })
  await box().getByLabel('出生日期').fill('1960-02-29')
  await look('door')
  await clerk.act(() => box().getByRole('button', { name: '打印告知书' }).click())
  await page.getByText('NHS0101-20211108-M0001').waitFor()
  await printed('NHS0101-20211108-M0001')
  await look('door-slip')
})

test('an identity that no reader reads is typed, and stays marked', async () => {
  await clerk.act(() => clerk.button('首次办理').click())
  await clerk.button('读不出？手工录入').click()
  await clerk.button('录入好了').click()
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.equal(await summary.getByRole('link').count(), 5, 'every missing entry at once')
  await look('typed-correct')
  await page.getByLabel('姓名').fill('欧阳秀')
  await page.getByLabel('身份证号').fill('430903195103080025')
  await page.getByLabel('民族').selectOption('01')
  await page.getByLabel('住址').fill('湖南省益阳市赫山区样例村')
  await page.getByLabel('有效期止').fill('长期')
  await clerk.act(() => clerk.button('录入好了').click())
  assert.match(await page.getByRole('complementary', { name: '办理人' }).innerText(), /手工录入（未核验）/)
  await look('typed')
})

test('a half-filled form stands there again after the program was killed', async () => {
  await page.getByLabel('联系电话').fill('1380000')
  await page.getByLabel('现在住哪里').fill('样例村十二')
  await page.getByLabel('凭什么这样定').fill('看过户口簿')
  await page.getByLabel('凭什么这样定').blur()
  for (let tries = 0; (await shown()).screen.aside.kept['applicant.hukou_basis'] !== '看过户口簿'; tries += 1) assert.ok(tries < 200, 'the desk keeps what was left')
  await page.close()
  await host.kill()
  await comeIn()
  await clerk.act(() => page.getByRole('button', { name: /接着办/ }).first().click())
  assert.equal(await page.getByLabel('联系电话').inputValue(), '1380000')
  assert.equal(await page.getByLabel('现在住哪里').inputValue(), '样例村十二')
  assert.equal(await page.getByLabel('凭什么这样定').inputValue(), '看过户口簿')
  await look('resumed')
})

test('a field of the chip is set aside with a reason, before and after on the screen', async () => {
  await lay('ouyang')
  await clerk.act(() => page.getByRole('navigation', { name: '办理步骤' }).getByRole('button', { name: '身份核验' }).click())
  await clerk.act(() => clerk.button('读身份证').click())
  await page.getByRole('heading', { name: '申请信息' }).waitFor()
  await clerk.button('更正一项').click()
  await box().getByLabel('更正的内容').selectOption('住址（申请人）')
  await box().getByLabel('改成').fill('湖南省益阳市赫山区样例村十二组')
  await box().getByLabel('为什么不按芯片').fill('看过户口簿')
  await look('set-aside')
  await clerk.act(() => box().getByRole('button', { name: '更正', exact: true }).click())
  assert.match(await page.getByRole('complementary', { name: '办理人' }).innerText(), /更正记录[^]*看过户口簿 · 张敏/)
  await look('trail')
})

test('the notice waits until everything was looked at, lists every gap, and the case is refused in writing after all', async () => {
  await clerk.act(() => clerk.steps.applicant())
  await clerk.act(() => clerk.steps.eligibility())
  await clerk.act(() => clerk.button('一次性告知').click())
  await page.getByText('一次性告知单').first().waitFor()
  await printed('THS0101-20211108-0001-1')
  await look('notice')
  await clerk.button('不予收件').click()
  await box().getByRole('checkbox', { name: /不在本窗口收件范围内/ }).check({ force: true })
  await look('refuse')
  await clerk.act(() => box().getByRole('button', { name: '不予收件' }).click())
  await printed('NHS0101-20211108-0001-1')
  assert.match(await page.locator('main').innerText(), /请把告知书交给申请人/)
  await look('refused')
})
