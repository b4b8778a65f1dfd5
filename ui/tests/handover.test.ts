// Papers change hands: chosen, counted, and signed by whoever takes them.
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { answers, asked } from './host'
import { button, open, press, tickBox, whyNot } from './page'
import { faults, views } from './views'

test('the lobby leads to the hand-over, and the hand-over back to the lobby', async () => {
  await open(views.lobby)
  await press('移交材料')
  expect(asked).toEqual([{ ask: 'show_hand_over' }])
  await open(views['hand-over'])
  await press('回到大厅')
  expect(asked.at(-1)).toEqual({ ask: 'close_page' })
})

test('a list is signed for chosen cases, with the old cards counted, and the password does not stay', async () => {
  const page = await open(views['hand-over'])
  await press('交给归档人员')
  expect(whyNot(button('双方签字'))).toBe('请先选要移交的事项')
  await tickBox('周**')
  expect(page.text()).toContain('清单上应有 1 张')
  expect(whyNot(button('双方签字'))).toBe('请接收人写姓名、输密码')
  await page.get('#f-old_cards').setValue('1')
  await page.get('#f-taker').setValue('陈归')
  await page.get('#f-password').setValue('北门-1952-梅')
  await press('双方签字，移交 1 件')
  expect(asked).toEqual([{ ask: 'sign_hand_over', to: 'archivist', cases: ['HS0100-20211108-0003'], old_cards: 1, taker: '陈归', password: '北门-1952-梅' }])
  expect(page.get<HTMLInputElement>('#f-password').element.value).toBe('')
  expect(page.get<HTMLInputElement>('#f-taker').element.value).toBe('')
})

test('a signature that failed leaves the choice as it was, and the password empty', async () => {
  const page = await open(views['hand-over'])
  await press('交给归档人员')
  await tickBox('赵*')
  await page.get('#f-taker').setValue('陈归')
  await page.get('#f-password').setValue('wrong password')
  answers.push({ ...faults.correct, fields: [{ field: 'password', words: '姓名或密码不对。' }] })
  await press('双方签字，移交 1 件')
  await flushPromises()
  expect(page.text()).toContain('姓名或密码不对。')
  expect(page.get<HTMLInputElement>('#f-password').element.value).toBe('')
  expect(page.get<HTMLInputElement>('#f-taker').element.value).toBe('陈归')
  expect(button('双方签字，移交 1 件')).toBeTruthy()
})

test('what cannot go on a list yet says why and cannot be chosen', async () => {
  const page = await open(views['hand-over'])
  await press('交给发证人员')
  expect(page.text()).toContain('原件还没有还给申请人')
  expect(page.findAll('input[type=checkbox]').length).toBe(1)
})

test('the last list is printed again by its number', async () => {
  await open(views['hand-over'])
  await press('再打清单')
  expect(asked).toEqual([{ ask: 'print_slip', number: 'YDHS0100-20211108-001' }])
})
