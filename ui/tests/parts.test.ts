// The parts by themselves: what they show for what they are given.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import AskBox from '../src/parts/AskBox.vue'
import BigButton from '../src/parts/BigButton.vue'
import Clock from '../src/parts/Clock.vue'
import Picture from '../src/parts/Picture.vue'
import TrueSizeCard from '../src/parts/TrueSizeCard.vue'
import { grouped, tenths } from '../src/words/numbers'
import { clockOf } from './hall'

enableAutoUnmount(afterEach)

describe('the clock, under a hand-turned counter', () => {
  const minute = 60_000
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  function clock(left: number, stopped = false) {
    return mount(Clock, { props: { clock: clockOf(1_636_340_000_000 + left, 1_636_340_000_000, stopped) } })
  }

  test('it counts down from what the station said, whatever the computer’s own clock says', async () => {
    vi.setSystemTime(0)
    const part = clock(22 * minute)
    expect(part.get('.figures').text()).toBe('22:00')
    await vi.advanceTimersByTimeAsync(13_000)
    expect(part.get('.figures').text()).toBe('21:47')
  })

  test('under ten minutes it is amber, past the promise red and counts what is over', async () => {
    const part = clock(10 * minute)
    expect(part.classes()).toContain('calm')
    await vi.advanceTimersByTimeAsync(minute)
    expect(part.classes()).toContain('short')
    await vi.advanceTimersByTimeAsync(11 * minute)
    expect(part.classes()).toContain('over')
    expect(part.text()).toBe('已超2:00')
    expect(part.attributes('aria-label')).toContain('超时 2 分钟')
  })

  test('a newer view sets it anew', async () => {
    const part = clock(22 * minute)
    await vi.advanceTimersByTimeAsync(minute)
    await part.setProps({ clock: clockOf(5 * minute, 0) })
    expect(part.get('.figures').text()).toBe('5:00')
  })

  test('a stopped clock stands still and says so', async () => {
    const part = clock(12 * minute, true)
    await vi.advanceTimersByTimeAsync(minute)
    expect(part.text()).toBe('已停表12:00')
  })
})

test('a card at true size is as many millimetres as it is', () => {
  const part = mount(TrueSizeCard, { props: { name: 'card', alt: '正面', widthMm: 85.6, heightMm: 54 } })
  const style = (part.element as HTMLElement).style
  expect(style.getPropertyValue('--down')).toBe('calc(54 * var(--mm))')
  expect(Number(style.getPropertyValue('--ratio'))).toBeCloseTo(85.6 / 54)
  expect(part.findAll('.across line')).toHaveLength(86)
  expect(part.findAll('.down line')).toHaveLength(55)
})

test('a picture’s address is revoked when the picture leaves or changes', async () => {
  const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {})
  const part = mount(Picture, { props: { name: 'one', alt: '照片' } })
  await flushPromises()
  expect(part.get('img').attributes()).toMatchObject({ src: 'blob:one', alt: '照片' })
  await part.setProps({ name: 'two' })
  await flushPromises()
  part.unmount()
  expect(revoke.mock.calls).toEqual([['blob:one'], ['blob:two']])
})

test('a picture that cannot be had says so', async () => {
  const part = mount(Picture, { props: { name: 'lost', alt: '照片' } })
  await flushPromises()
  expect(part.text()).toContain('图片打不开')
})

test('a button that may not be pressed stays in reach, says why and does nothing', async () => {
  const part = mount(BigButton, { props: { words: '受理', allowed: false, whyNot: '还差 2 项' } })
  await part.get('button').trigger('click')
  expect(part.emitted('press')).toBeUndefined()
  expect(part.get('button').attributes()).toMatchObject({ 'aria-disabled': 'true', 'aria-describedby': part.get('p').attributes('id') })
  expect(part.get('button').attributes('disabled')).toBeUndefined()
})

test('a box bears its question as its name', () => {
  mount(AskBox, { props: { title: '申请人不办了吗？', text: '', yes: '撤回' } })
  const box = document.querySelector('dialog')
  const name = document.getElementById(box?.getAttribute('aria-labelledby') ?? '')
  expect(name?.textContent).toBe('申请人不办了吗？')
})

test('an identity number falls into its groups, and nothing else does', () => {
  expect(grouped('430903********002X')).toBe('430903 ******** 002X')
  expect(grouped('H********')).toBe('H********')
  expect(tenths(25)).toBe('25.0')
})

