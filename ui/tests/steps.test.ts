// Each step's screen: what the primary button asks for, and what the page keeps back.
import { DOMWrapper, flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import type { View } from '../src/contract'
import { ask } from '../src/desk'
import { asked, host, left } from './host'
import { button, open, pick, press, publish, tickBox, whyNot } from './page'
import { type Shown, beside, views } from './views'

test.each(Object.keys(views) as Shown[])('%s renders without a complaint', async (name) => {
  const complaint = vi.spyOn(console, 'warn')
  const page = await open(views[name])
  expect(page.find('h1').text()).not.toBe('')
  expect(complaint).not.toHaveBeenCalled()
})

test('identify reads a card, and a reading is stopped even while its request is under way', async () => {
  const page = await open(views.identify)
  await press('读身份证')
  publish(views['identify-reading'])
  await flushPromises()
  expect(page.text()).toContain('一般 3 秒读完')
  await press('停下')
  expect(asked).toEqual([{ ask: 'read_card' }, { ask: 'cancel_read' }])
})

test('applicant names every question that has no answer and sends nothing', async () => {
  const page = await open(views.applicant)
  await press('填好了')
  expect(asked).toEqual([])
  const summary = page.get('[role=alert]')
  expect(summary.findAll('a').map((link) => link.text())).toEqual(['谁来办？请选一个', '户口在哪里？请选一个', '承办部门：请选一个'])
  expect(document.activeElement).toBe(summary.element)
})

test('applicant sends the whole form', async () => {
  const page = await open(views.applicant)
  await pick('mode', 'agent')
  await pick('hukou', 'outside')
  await page.get('#f-hukou_basis').setValue('看过居住证')
  await page.get('#f-phone').setValue('0737-0000000')
  await page.get('#f-contact_address').setValue('示例村十二组')
  await page.get('#f-department').setValue('430901')
  await press('填好了')
  expect(asked).toEqual([
    { ask: 'fill_applicant', mode: 'agent', hukou: 'outside', hukou_basis: '看过居住证', phone: '0737-0000000', contact_address: '示例村十二组', department: '430901' },
  ])
})

test('what has been typed survives a view that changes something else', async () => {
  const page = await open(views.applicant)
  await page.get('#f-phone').setValue('0737-0000000')
  publish({ ...views.applicant, lights: [] })
  await flushPromises()
  expect(page.get<HTMLInputElement>('#f-phone').element.value).toBe('0737-0000000')
})

test('the desk’s corrections stand in the form, beside their fields, and not in the band', async () => {
  const page = await open(views['applicant-correct'])
  expect(page.findAll('[role=alert]')).toHaveLength(1)
  expect(page.get('#h-phone').text()).toContain('请写 11 位手机号')
  await page.get('[href="#f-phone"]').trigger('click')
  expect(document.activeElement?.id).toBe('f-phone')
})

test('a verdict of no shows the reason, and refusal as its primary act is asked about once more', async () => {
  const page = await open(views['eligibility-no'])
  expect(page.text()).toContain('2026年3月8日以后可以办')
  await press('不予收件')
  expect(asked).toEqual([])
  document.querySelector('dialog form')?.dispatchEvent(new Event('submit'))
  await flushPromises()
  expect(asked).toEqual([{ ask: 'refuse_case', reasons: ['TOO_YOUNG'] }])
})

test('a material without faults is checked once it was looked at', async () => {
  await open(views.materials)
  expect(whyNot(button('看过了，没问题'))).toBe('先看原件，看过就勾上')
  await tickBox('已看过原件')
  await press('看过了，没问题')
  expect(asked).toEqual([{ ask: 'check_material', material: 'power_of_attorney', original_inspected: true, errors: [] }])
})

test('an original that was checked and lies on the counter is given back next, whatever was wrong with it', async () => {
  const page = await open(views['materials-return'])
  expect(page.get('[aria-expanded=true]').text()).toContain('授权委托书')
  await press('原件已还给申请人')
  expect(asked).toEqual([{ ask: 'return_material', material: 'power_of_attorney' }])
})

test('a tick that was changed is checked again before the original goes back', async () => {
  await open(views['materials-return'])
  await tickBox('没有委托人、被委托人基本信息')
  await press('看过了，有 2 处问题')
  expect(asked).toEqual([{ ask: 'check_material', material: 'power_of_attorney', original_inspected: true, errors: ['POA_NO_AUTHORITY', 'POA_NO_PERSONS'] }])
})

test('materials opens the first unfinished row and sends its ticks', async () => {
  const page = await open(views.materials)
  expect(page.get('[aria-expanded=true]').text()).toContain('授权委托书')
  await tickBox('已看过原件')
  await tickBox('未写代理权限')
  await press('看过了，有 1 处问题')
  expect(asked).toEqual([{ ask: 'check_material', material: 'power_of_attorney', original_inspected: true, errors: ['POA_NO_AUTHORITY'] }])
})

test('a material without a page is scanned first', async () => {
  await open(views.materials)
  await press('待核对居住证')
  await press('扫描')
  expect(asked).toEqual([{ ask: 'scan_material', material: 'residence_permit' }])
})

test('the photo is not judged before all three questions are answered', async () => {
  await open(views.photo)
  await press('是本人，免冠，近期')
  expect(asked).toEqual([])
  await pick('same_person', 'yes')
  await pick('bareheaded', 'no')
  await pick('recent', 'yes')
  await press('照片不行，记下来')
  expect(asked).toEqual([{ ask: 'judge_photo', same_person: true, bareheaded: false, recent: true }])
})

test('a photo that the rule rejects leads to another one', async () => {
  const page = await open(views['photo-rejected'])
  expect(page.text()).toContain('照片比一寸大')
  await press('重拍')
  expect(asked).toEqual([{ ask: 'take_photo' }])
})

test('a second card is the agent’s, and the screen says so', async () => {
  const page = await open(views['identify-agent'])
  expect(page.text()).toContain('代理人的身份证')
})

test('acceptance that is not allowed says why and lists every gap', async () => {
  const page = await open(views['acceptance-gaps'])
  expect(page.findAll('.gaps li')).toHaveLength(2)
  expect(whyNot(button('受理'))).toBe('还差 2 项，补齐才能受理')
  await press('受理')
  expect(asked).toEqual([])
})

test('acceptance and numbering ask once', async () => {
  await open(views.acceptance)
  await press('受理')
  publish(views.numbering)
  await flushPromises()
  await press('取号')
  expect(asked).toEqual([{ ask: 'accept' }, { ask: 'reserve_number' }])
})

test('the first print needs no reason and a reprint does', async () => {
  const page = await open(views['printing-ready'])
  await press('打印')
  publish(views['printing-spoiled'])
  await flushPromises()
  await press('重新打印')
  expect(whyNot(button('重新打印'))).toBe('请写为什么重打')
  await page.get('#f-reprint').setValue('印歪了')
  await press('重新打印')
  expect(asked).toEqual([
    { ask: 'print_card', reprint: null },
    { ask: 'print_card', reprint: '印歪了' },
  ])
})

test('a spoiled card is written off only with its cause', async () => {
  await open(views['printing-ask'])
  await press('废卡')
  await press('记为废卡')
  expect(asked).toEqual([])
  await pick('cause', '印歪了')
  await press('记为废卡')
  expect(asked).toEqual([{ ask: 'spoil_card', cause: '印歪了' }])
})

test('an unknown end is a question and never a claim', async () => {
  const page = await open(views['printing-unknown'])
  expect(page.text()).toContain('不知道是否已出卡')
  await press('没有卡出来')
  await press('好卡')
  expect(asked).toEqual([{ ask: 'nothing_came_out', seen: '看过出卡口，没有卡' }, { ask: 'confirm_card' }])
})

test('delivery names what was shown and who took the card', async () => {
  const page = await open(views.delivery)
  await press('已交到手里')
  expect(page.get('[role=alert]').text()).toContain('请至少选一样')
  await tickBox('收文清单')
  await tickBox('身份证')
  await pick('receiver', 'agent')
  await press('已交到手里')
  expect(asked).toEqual([{ ask: 'deliver', proofs: ['receipt_list', 'id_card'], receiver: 'agent', collector: null, late: null }])
})

test('a stranger who takes the card is named, and a late card has its reason', async () => {
  const page = await open(views['delivery-late'])
  expect(page.text()).toContain('已读卡：是代理人的身份证')
  await pick('receiver', 'other')
  await page.get('#f-collector_name').setValue('邻居甲')
  await page.get('#f-collector_contact').setValue('13900000001')
  await page.get('#f-late').setValue('打印机卡纸')
  await press('已交到手里')
  expect(asked).toEqual([
    { ask: 'deliver', proofs: ['id_card'], receiver: 'other', collector: { name: '邻居甲', contact: '13900000001' }, late: '打印机卡纸' },
  ])
})

test('while the card is awaited at the delivery it can be stopped', async () => {
  const page = await open(views['delivery-reading'])
  expect(page.text()).toContain('请把身份证放在读卡器上')
  await press('停下')
  expect(asked).toEqual([{ ask: 'cancel_read' }])
})

test('papers change hands before the record is sealed', async () => {
  const page = await open(views.archive)
  expect(whyNot(button('交接完成'))).toBe('请写交给谁')
  await page.get('#f-to').setValue('周平')
  await press('交接完成')
  publish(views['archive-handed'])
  await flushPromises()
  await press('封存归档')
  expect(asked).toEqual([{ ask: 'hand_over', to: '周平', password: null }, { ask: 'seal' }])
})

test('in a hall whoever takes the papers signs with a password, which does not stay on the screen', async () => {
  const page = await open(views['archive-hall'])
  await page.get('#f-to').setValue('周平')
  expect(whyNot(button('交接完成'))).toBe('请接收人输入密码签字')
  await page.get('#f-password').setValue('北门-1952-梅')
  await press('交接完成')
  expect(asked).toEqual([{ ask: 'hand_over', to: '周平', password: '北门-1952-梅' }])
  expect(page.get<HTMLInputElement>('#f-password').element.value).toBe('')
})

test('a finished case leads back to the lobby', async () => {
  await open(views.closed)
  await press('回到大厅')
  expect(asked).toEqual([{ ask: 'close_case' }])
})

test('the agent’s card may be read first, and an identity that no reader reads is typed', async () => {
  const page = await open(views.identify)
  await press('读代理人身份证')
  await press('读不出？手工录入')
  expect(page.text()).toContain('手工录入的身份不算核验过')
  await page.get('#f-name').setValue('欧阳𬭚')
  await page.get('#f-number').setValue('430903195103080025')
  await page.get('#f-ethnicity').setValue('01')
  await page.get('#f-address').setValue('示例村')
  await page.get('#f-valid_until').setValue('长期')
  await page.get('#f-valid_until').trigger('change')
  await press('录入好了')
  const entry = { name: '欧阳𬭚', number: '430903195103080025', sex: '', ethnicity: '01', birth: '', address: '示例村', issuing_authority: '', valid_from: '', valid_until: '长期' }
  expect(asked).toEqual([{ ask: 'read_agent_card' }, { ask: 'type_identity', role: 'applicant', entry }])
  expect(left.map((one) => one.field)).toContain('typed_applicant.number')
})

test('a field is kept when it is left, once, and stands there again when the form comes back', async () => {
  const page = await open(views.applicant)
  await page.get('#f-phone').setValue('0737')
  await page.get('#f-phone').trigger('change')
  await page.get('#f-phone').trigger('change')
  await pick('hukou', 'outside')
  expect(left).toEqual([
    { ask: 'keep_entry', field: 'applicant.phone', value: '0737' },
    { ask: 'keep_entry', field: 'applicant.hukou', value: 'outside' },
  ])
  page.unmount()
  const again = await open({ ...views.applicant, screen: { ...views.applicant.screen, aside: { ...beside, refusals: [], given: [], kept: { 'applicant.phone': '0737', 'applicant.hukou': 'outside', 'applicant.mode': 'agent' } } } as View['screen'] })
  expect(again.get<HTMLInputElement>('#f-phone').element.value).toBe('0737')
  expect(again.find('input[name=mode][value=agent]').element).toHaveProperty('checked', true)
  expect(again.find('input[name=hukou][value=outside]').element).toHaveProperty('checked', true)
})

test('what is typed at the papers and at the printer is kept and stands there again', async () => {
  const page = await open(views['materials-lost'])
  await page.get('#f-paper').setValue('样例日报')
  await page.get('#f-paper').trigger('change')
  page.unmount()
  const printing = await open(views['printing-failed'])
  await printing.get('#f-reprint').setValue('卡纸')
  await printing.get('#f-reprint').trigger('change')
  printing.unmount()
  const asks = await open(views['printing-ask'])
  await press('废卡')
  await pick('cause', 'other')
  const own = new DOMWrapper(document.getElementById('f-cause_other') as HTMLInputElement)
  await own.setValue('印偏')
  await own.trigger('change')
  asks.unmount()
  expect(left.map((one) => [one.field, one.value])).toEqual([['loss_notice.paper', '样例日报'], ['printing.reprint', '卡纸'], ['spoil.picked', 'other'], ['spoil.own', '印偏']])
  const withKept = (view: View): View => ({ ...view, screen: { ...view.screen, aside: { ...beside, refusals: [], given: [], kept: { 'loss_notice.paper': '样例日报', 'printing.reprint': '卡纸' } } } as View['screen'] })
  expect((await open(withKept(views['materials-lost']))).get<HTMLInputElement>('#f-paper').element.value).toBe('样例日报')
  expect((await open(withKept(views['printing-failed']))).get<HTMLInputElement>('#f-reprint').element.value).toBe('卡纸')
})

test('an act waits for the fields that were left before it', async () => {
  const order: string[] = []
  const slow = vi.spyOn(host, 'ask').mockImplementation(async (request) => {
    if (request.ask === 'keep_entry') await new Promise((done) => setTimeout(done, 5))
    order.push(request.ask)
    return null
  })
  const page = await open(views.applicant)
  await page.get('#f-phone').setValue('0737')
  await page.get('#f-phone').trigger('change')
  await ask({ ask: 'park_case' })
  expect(order).toEqual(['keep_entry', 'park_case'])
  slow.mockRestore()
})

test('a step that may be looked at is one press away, and the verdict is read again under 为什么', async () => {
  const page = await open(views['full-person'])
  await press('申请信息')
  await press('为什么')
  expect(asked).toEqual([
    { ask: 'go_to', step: 'applicant' },
    { ask: 'go_to', step: 'eligibility' },
  ])
  expect(page.text()).toContain('更正记录')
  expect(page.find('.agent').text()).toContain('郭样文')
  publish(views['eligibility-yes'])
  await flushPromises()
  await press('接着办')
  expect(asked.at(-1)).toEqual({ ask: 'go_on' })
})

test('a gap leads to the step that closes it', async () => {
  await open(views['acceptance-gaps'])
  await press('去补')
  expect(asked).toEqual([{ ask: 'go_to', step: 'materials' }])
})

test('one thing is put right at a time: chip with its reason, entry, or paper', async () => {
  await open(views['full-person'])
  const choose = async (what: string) => {
    await press('更正一项')
    await new DOMWrapper(document.querySelector('#f-correct_what')!).setValue(what)
  }
  const fill = (field: string, value: string) => new DOMWrapper(document.querySelector(`#f-${field}`)!).setValue(value)
  const send = async () => {
    document.querySelector('dialog form')?.dispatchEvent(new Event('submit'))
    await flushPromises()
  }
  await choose('姓名（申请人）')
  await fill('correct_after', '欧阳铃')
  await fill('correct_why', '证面如此')
  await send()
  await choose('联系电话')
  await fill('correct_after', '13900000001')
  await send()
  await choose('授权委托书')
  await tickBox('未写代理权限')
  await fill('correct_why', '当场补写')
  await send()
  expect(asked).toEqual([
    { ask: 'set_aside', role: 'applicant', field: 'name', after: '欧阳铃', reason: '证面如此' },
    { ask: 'correct_entry', field: 'phone', after: '13900000001' },
    { ask: 'correct_material', material: 'power_of_attorney', left: [], how: '当场补写' },
  ])
})
