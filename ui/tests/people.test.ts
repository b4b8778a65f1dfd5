// The door, the list of people, and what a person may not do.
import { DOMWrapper, flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { answers, asked } from './host'
import { button, open, press, publish, tickBox } from './page'
import { faults, views } from './views'

async function type(name: string, text: string): Promise<void> {
  const field = document.getElementById(`f-${name}`)
  if (!field) throw new Error(`no field ${name}`)
  await new DOMWrapper(field).setValue(text)
}

function value(name: string): string {
  return (document.getElementById(`f-${name}`) as HTMLInputElement).value
}

async function send(): Promise<void> {
  await new DOMWrapper(document.querySelector('form')!).trigger('submit')
  await flushPromises()
}

test('the door begins at the name, sends name and password, and leaves no password lying', async () => {
  await open(views['sign-in'])
  expect(document.activeElement?.id).toBe('f-name')
  expect(document.getElementById('f-password')?.getAttribute('type')).toBe('password')
  await type('name', '张敏')
  await type('password', 'lianxi-zhangmin-1')
  answers.push(faults.wrong)
  await send()
  expect(asked).toEqual([{ ask: 'sign_in', name: '张敏', password: 'lianxi-zhangmin-1' }])
  expect(value('password')).toBe('')
  expect(value('name')).toBe('张敏')
})

test('a wrong password says how many tries are left, what to do and whom to call', async () => {
  const page = await open(views['sign-in'])
  answers.push(faults.wrong)
  await send()
  const said = page.get('main').text()
  for (const words of ['还可以试 3 次', '请管理员重设', '技术支持 0737-0000000']) expect(said).toContain(words)
})

test('a locked name says until when, in the band', async () => {
  const page = await open(views['sign-in-locked'])
  expect(page.get('[role=alert]').text()).toContain('09:20')
})

test('the first run asks for the password twice', async () => {
  const page = await open(views['first-run'])
  await type('name', '管理员甲')
  await type('password', 'lianxi-guanli-1')
  await type('again', 'lianxi-guanli-2')
  await send()
  expect(asked).toEqual([])
  expect(page.get('[role=alert]').text()).toContain('两次输入的密码不一样')
  await type('again', 'lianxi-guanli-1')
  await send()
  expect(asked).toEqual([{ ask: 'set_up_first', name: '管理员甲', password: 'lianxi-guanli-1' }])
})

test('whoever is at work stands on the status line and can sign out; a kiosk offers neither', async () => {
  const page = await open(views.lobby)
  expect(page.get('header').text()).toContain('张敏')
  await press('退出')
  expect(asked).toEqual([{ ask: 'sign_out' }])
  publish({ ...views.lobby, station: { ...views.lobby.station, at_work: { name: 'public', roles: '自助办理', public: true, shortest_password: 8 } } })
  await flushPromises()
  expect(page.get('header').text()).not.toContain('退出')
})

test('an administrator adds a person with roles', async () => {
  await open(views.people)
  await press('添加人员')
  await type('name', '王芳')
  await tickBox('收件人员')
  await tickBox('归档人员')
  await type('password', 'lianxi-wangfang-1')
  await type('again', 'lianxi-wangfang-1')
  await press('保存')
  expect(asked).toEqual([{ ask: 'add_person', name: '王芳', roles: ['clerk', 'archivist'], password: 'lianxi-wangfang-1' }])
})

test('roles begin as they are; one’s own password wants the old one; dismissing is asked twice', async () => {
  await open(views.people)
  const row = [...document.querySelectorAll('li')].find((line) => line.textContent?.includes('李强'))
  const within = (words: string) => [...(row?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.includes(words))
  within('改岗位')?.click()
  await flushPromises()
  await tickBox('发证人员')
  await press('保存')
  within('停用')?.click()
  await flushPromises()
  expect(asked).toEqual([{ ask: 'set_roles', name: '李强', roles: ['clerk', 'issuer'] }])
  const yes = document.querySelector<HTMLButtonElement>('dialog button[type=submit]')
  yes?.click()
  await flushPromises()
  expect(asked[1]).toEqual({ ask: 'dismiss_person', name: '李强' })
  await press('改密码')
  expect(document.getElementById('f-old')).not.toBeNull()
})

test('who may not start a case sees why, and pressing does nothing', async () => {
  const page = await open(views['lobby-looking'])
  expect(page.text()).toContain('这一步由收件人员办理。')
  await press('首次办理')
  expect(asked).toEqual([])
  expect(button('首次办理').getAttribute('aria-disabled')).toBe('true')
})

test('the full number is shown for a reason', async () => {
  await open(views['unmask'])
  await press('显示完整证号')
  await type('reason', '核对户口簿')
  document.querySelector<HTMLButtonElement>('dialog button[type=submit]')?.click()
  await flushPromises()
  expect(asked).toEqual([{ ask: 'unmask', reason: '核对户口簿' }])
})

test('what was wrong with a form does not stand on the next screen', async () => {
  await open(views.applicant)
  await press('填好了')
  expect(document.querySelector('[role=alert]')).not.toBeNull()
  publish(views['sign-in'])
  await flushPromises()
  expect(document.querySelector('[role=alert]')).toBeNull()
})

test('the person at work changes their own password from the status line', async () => {
  await open(views.lobby)
  document.querySelector<HTMLButtonElement>('button.clerk')?.click()
  await flushPromises()
  await type('old', 'lianxi-zhangmin-1')
  await type('password', 'beimen-1952-mei')
  await type('again', 'beimen-1952-mei')
  await press('保存')
  expect(asked).toEqual([{ ask: 'set_password', name: '张敏', old: 'lianxi-zhangmin-1', password: 'beimen-1952-mei' }])
})
