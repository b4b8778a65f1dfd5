// What stands around every screen: lobby, trouble, side doors, the person, the one state of the page.
import { DOMWrapper, flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { show, view } from '../src/desk'
import { answers, asked } from './host'
import { button, open, press, publish, tickBox, whyNot } from './page'
import { caseAt, faults, identify, viewOf, views } from './views'

test('the lobby opens a case of each kind and resumes one that was put aside', async () => {
  await open(views.lobby)
  await press('首次办理')
  await press('遗失补发')
  await press('破损补发')
  await press('欧阳*')
  expect(asked).toEqual([
    { ask: 'open_case', kind: 'first' },
    { ask: 'open_case', kind: 'reissue_lost' },
    { ask: 'open_case', kind: 'reissue_damaged' },
    { ask: 'resume_case', case: 'case-0006' },
  ])
})

test('training stands in the window’s title and on the screen', async () => {
  const page = await open(views['lobby-training'])
  expect(document.title).toMatch(/^培训模式 · /)
  expect(page.get('header').text()).toContain('培训模式')
  publish(views.lobby)
  await flushPromises()
  expect(document.title).not.toContain('培训模式')
})

test('millimetres come from the view', async () => {
  await open({ ...views.lobby, station: { ...views.lobby.station, px_per_mm: 3.96 } })
  expect(document.documentElement.style.getPropertyValue('--mm')).toBe('3.96px')
})

test('a late view is dropped', async () => {
  await open(views.identify)
  const version = view.value?.version ?? 0
  show({ ...views.lobby, version: version - 1 })
  expect(view.value?.screen.show).toBe('case')
})

test('the desk’s trouble stays until it is understood', async () => {
  const page = await open(views['printing-failed'])
  expect(page.get('[role=alert]').text()).toContain('打开打印机前盖')
  await press('知道了')
  expect(asked).toEqual([{ ask: 'understood' }])
  publish({ ...views['printing-failed'], trouble: null })
  await flushPromises()
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('a refusal given as the answer shows its reasons and whom to call', async () => {
  const page = await open(views.eligibility)
  answers.push(faults.refused)
  await press('核对资格')
  const band = page.get('[role=alert]').text()
  expect(band).toContain('2026年3月8日以后可以办')
  expect(band).toContain('0737-4423642')
})

test('a program that does not answer is said plainly', async () => {
  const page = await open(views.acceptance)
  answers.push(new Error('channel closed'))
  await press('受理')
  expect(page.get('[role=alert]').text()).toContain('程序没有回应')
  await press('知道了')
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('a second press while a request is under way sends nothing', async () => {
  await open(views.numbering)
  button('取号').click()
  button('取号').click()
  await flushPromises()
  expect(asked).toEqual([{ ask: 'reserve_number' }])
})

test('an act that may not be done says why under its button, and keeps still', async () => {
  await open(views['clock-over'])
  expect(whyNot(button('取号'))).toBe('空白证用完了，请先领空白证')
  await press('取号')
  expect(asked).toEqual([])
})

test('a side door the view does not name is not offered', async () => {
  const page = await open(views.numbering)
  expect(page.text()).toContain('暂存')
  expect(page.text()).not.toContain('不予收件')
})

test('withdrawal asks for the reason first', async () => {
  await open(views.applicant)
  await press('申请人撤回')
  await press('撤回')
  expect(asked).toEqual([])
  await new DOMWrapper(document.getElementById('f-withdraw_reason') as HTMLInputElement).setValue('改天再来')
  document.querySelector('form:has(#f-withdraw_reason)')?.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(asked).toEqual([{ ask: 'withdraw_case', reason: '改天再来' }])
})

test('a new step begins at its title', async () => {
  const page = await open(views.identify)
  publish(views.applicant)
  await flushPromises()
  expect(document.activeElement).toBe(page.get('h1').element)
})

test('the identity number stands in its groups and masked', async () => {
  const page = await open(views.acceptance)
  expect(page.get('.figures.serif').text()).toBe('430903 ******** 0025')
})

test('a case without a person says so', async () => {
  const page = await open(viewOf(caseAt(identify, [])))
  expect(page.text()).toContain('还没有办理人')
})

test('somebody is refused at the door with a slip; the birth date is asked where it decides', async () => {
  await open(views.lobby)
  await press('不予收件，开告知书')
  await press('打印告知书')
  expect(asked).toEqual([])
  expect(document.querySelector('dialog')?.textContent).toContain('请选原因')
  await new DOMWrapper(document.querySelector('#f-door_reason')!).setValue('ITEM_NOT_IN_SCOPE')
  expect(document.querySelector('#f-door_born')).toBe(null)
  await new DOMWrapper(document.querySelector('#f-door_reason')!).setValue('TOO_YOUNG')
  await new DOMWrapper(document.querySelector('#f-door_born')!).setValue('1961-03-08')
  await press('打印告知书')
  expect(asked).toEqual([{ ask: 'refuse_at_door', reason: 'TOO_YOUNG', born: '1961-03-08' }])
})

test('an ended item is said in large words, opens no case, and offers the slip', async () => {
  const page = await open(views['lobby-ended'])
  expect(page.text()).toContain('凭身份证即可享受优待')
  expect(() => button('首次办理')).toThrow()
  await press('开一张告知书')
  await press('打印告知书')
  await press('再打一次')
  expect(asked).toEqual([
    { ask: 'refuse_at_door', reason: 'ITEM_ENDED', born: null },
    { ask: 'print_slip', number: 'NHS0101-20220301-M0001' },
  ])
})

test('before a verdict the clerk ticks why nothing is taken', async () => {
  await open(views.photo)
  await press('不予收件')
  const box = () => document.querySelector('dialog form')
  box()?.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(asked).toEqual([])
  expect(box()?.textContent).toContain('请至少勾一个原因')
  await tickBox('您要办的事项不在本窗口收件范围内。')
  box()?.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(asked).toEqual([{ ask: 'refuse_case', reasons: ['ITEM_NOT_IN_SCOPE'] }])
})

test('the one-time notice is one press, and says why it has to wait', async () => {
  await open(views.applicant)
  expect(whyNot(button('一次性告知'))).toContain('全部看过才能一次告知')
  await press('一次性告知')
  expect(asked).toEqual([])
  publish(views['acceptance-gaps'])
  await flushPromises()
  await press('一次性告知')
  expect(asked).toEqual([{ ask: 'issue_notice' }])
})

test('the receipt list is printed once more with a reason, and a slip that was not taken once more', async () => {
  await open(views.numbering)
  await press('补打收文清单')
  document.querySelector('dialog form')?.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(asked).toEqual([])
  await new DOMWrapper(document.querySelector('#f-reprint_reason')!).setValue('申请人丢了')
  document.querySelector('dialog form')?.dispatchEvent(new Event('submit'))
  await flushPromises()
  await press('再打一次')
  expect(asked).toEqual([
    { ask: 'reprint_receipt', reason: '申请人丢了' },
    { ask: 'print_slip', number: 'THS0101-20211108-0007-1' },
  ])
})

test.each([
  ['closed', '办好了'],
  ['closed-refused', '请把告知书交给申请人'],
  ['closed-withdrawn', '以后还可以重新申请'],
] as const)('%s has its own words', async (name, words) => {
  expect((await open(views[name])).text()).toContain(words)
})

test('somebody’s unfinished case is taken up by their card, and the reading can be stopped', async () => {
  await open(views.lobby)
  await press('刷身份证接着办')
  publish(views['lobby-taking'])
  await flushPromises()
  await press('停下')
  expect(asked).toEqual([{ ask: 'take_over' }, { ask: 'cancel_read' }])
})
