// The rating belongs to the person: nothing lit, skipping as large as rating, and nothing left behind. Beside it, what else is
// done after acceptance, and the supervisor's page.
import { DOMWrapper } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { answers, asked } from './host'
import { button, open, pick, press, publish, tickBox } from './page'
import { faults, views } from './views'

const faces = (page: DOMWrapper<Element> | Awaited<ReturnType<typeof open>>) => page.findAll('.faces input')

test('no face is lit, and skipping stands beside submitting in the same piece', async () => {
  const page = await open(views.rating)
  expect(page.findAll('.faces label').map((label) => label.text())).toEqual(['非常满意', '满意', '基本满意', '不满意', '非常不满意'])
  expect(faces(page).every((face) => !(face.element as HTMLInputElement).checked)).toBe(true)
  expect(new Set(page.findAll('.faces label').map((label) => label.attributes('class') ?? ''))).toEqual(new Set(['']))
  const pair = page.findAll('.pair button')
  expect(pair.map((one) => one.text())).toEqual(['不评价', '提交评价'])
  expect(new Set(pair.map((one) => one.classes().join(' ')))).toHaveLength(1)
})

test('nothing is sent before a face was touched, and declining takes one touch', async () => {
  await open(views.rating)
  expect(button('提交评价').getAttribute('aria-disabled')).toBe('true')
  await press('提交评价')
  expect(asked).toEqual([])
  await press('不评价')
  expect(asked).toEqual([{ ask: 'decline_rating' }])
})

test('reasons are those of the chosen level and go with it', async () => {
  const page = await open(views.rating)
  await page.get('.faces input[value="1"]').setValue()
  await tickBox('跑动次数多')
  await page.get('.faces input[value="2"]').setValue()
  expect(page.text()).not.toContain('跑动次数多')
  await tickBox('业务不熟练')
  await page.get('#f-text').setValue(' 等太久 ')
  await page.get('form').trigger('submit')
  expect(asked).toEqual([{ ask: 'give_rating', level: 2, codes: ['213'], text: '等太久' }])
})

test('the answer goes out and no trace of it stays on screen', async () => {
  const page = await open(views.rating)
  const before = page.html()
  await page.get('.faces input[value="1"]').setValue()
  await tickBox('跑动次数多')
  await page.get('#f-text').setValue('来了三趟')
  await page.get('form').trigger('submit')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await vi.waitFor(() => expect(page.html()).toBe(before))
  expect(asked.some((one) => one.ask === 'keep_entry')).toBe(false)
})

test('an answer that was not taken is there to be sent again', async () => {
  const page = await open(views.rating)
  await page.get('.faces input[value="4"]').setValue()
  answers.push(faults.broken)
  await page.get('form').trigger('submit')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect((page.get('.faces input[value="4"]').element as HTMLInputElement).checked).toBe(true)
})

test('after the answer the screen thanks, and a correction begins with no face lit', async () => {
  const page = await open(views.rating)
  publish(views['rating-given'])
  await vi.waitFor(() => expect(page.text()).toContain('谢谢，您的评价记下了'))
  await press('改一改')
  expect(faces(page).every((face) => !(face.element as HTMLInputElement).checked)).toBe(true)
  await page.get('.faces input[value="3"]').setValue()
  await page.get('form').trigger('submit')
  expect(asked).toEqual([{ ask: 'correct_rating', level: 3, codes: [], text: '' }])
})

test('the clerk may go on without an answer', async () => {
  await open(views.rating)
  await press('先办下一步')
  expect(asked).toEqual([{ ask: 'go_on' }])
})

test('help with registering is declined in one touch, from the line and from the box', async () => {
  await open(views.aftercare)
  await press('不需要')
  expect(asked).toEqual([{ ask: 'decline_help' }])
})

test('each way has its code, says that it is a sample, and is ticked off by itself', async () => {
  await open(views.aftercare)
  await press('看二维码')
  const cards = [...document.querySelectorAll('.cards li')].map((card) => card.textContent ?? '')
  expect(cards).toHaveLength(3)
  expect(cards.every((card) => card.includes('样例，不是真的网址'))).toBe(true)
  expect(cards.map((card) => card.includes('帮过了'))).toEqual([false, true, false])
  await press('已帮助')
  expect(asked).toEqual([{ ask: 'help_register', guide: 'site' }])
})

test('a reminder shows the line to call and sends channel, person and words', async () => {
  const page = await open(views.aftercare)
  expect(page.text()).toContain('承办部门已经等了 25 分钟，可以提醒一下')
  await press('提醒承办部门')
  expect(document.querySelector('dialog')?.textContent).toContain('赫山区 0737-4423642')
  await pick('channel', 'phone')
  await new DOMWrapper(document.getElementById('f-person')!).setValue('王科长')
  await new DOMWrapper(document.getElementById('f-said')!).setValue('请尽快审批')
  await press('记下来')
  expect(asked.filter((one) => one.ask !== 'keep_entry')).toEqual([{ ask: 'remind_department', channel: 'phone', person: '王科长', said: '请尽快审批' }])
})

test('reminders and help stand on the case', async () => {
  const page = await open(views.aftercare)
  for (const words of ['王科长', '请尽快审批，对方说上午办', '已帮助：益阳政务服务微信公众号']) expect(page.text()).toContain(words)
})

test('a follow-up is settled with what was found and done', async () => {
  await open(views['follow-ups'])
  await press('已整改')
  await new DOMWrapper(document.getElementById('f-found')!).setValue('没有样表，属实')
  await new DOMWrapper(document.getElementById('f-done')!).setValue('已摆放')
  await press('记下来')
  expect(asked).toEqual([{ ask: 'settle_follow_up', case: 'HS0101-20211018-0003', seq: 15, found: '没有样表，属实', done: '已摆放' }])
})

test('an exclusion says which of the two it is, and why', async () => {
  await open(views['follow-ups'])
  await press('不计入')
  await press('记下来')
  expect(asked).toEqual([])
  await pick('why', 'mistaken')
  await new DOMWrapper(document.getElementById('f-reason')!).setValue('本人来说明点错了')
  await press('记下来')
  expect(asked).toEqual([{ ask: 'exclude_follow_up', case: 'HS0101-20211018-0003', seq: 15, why: 'mistaken', reason: '本人来说明点错了' }])
})

test('the report names who was present and no level', async () => {
  const page = await open(views['follow-ups'])
  await press('评价是否规范')
  expect(page.text()).toContain('李强')
  for (const level of ['非常满意', '非常不满意']) expect(page.text()).not.toContain(level)
})
