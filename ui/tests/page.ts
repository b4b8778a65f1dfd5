// Puts a view on screen as the desk would, and finds things by what a person sees: role and words.
import { DOMWrapper, type VueWrapper, enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach } from 'vitest'

import App from '../src/App.vue'
import type { View } from '../src/contract'
import { show } from '../src/desk'
import { answers, asked, left } from './host'

enableAutoUnmount(afterEach)
afterEach(() => {
  asked.length = 0
  left.length = 0
  answers.length = 0
})

/** Versions only go up, as the desk's do, so that views of one test never hide those of the next. */
let version = 0

export function publish(view: View): void {
  version += 1
  show({ ...view, version })
}

export async function open(view: View): Promise<VueWrapper> {
  publish(view)
  const page = mount(App, { attachTo: document.body })
  await flushPromises()
  return page
}

/** The button whose words begin with `words`. */
export function button(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((element) => element.textContent?.trim().startsWith(words))
  if (!found) throw new Error(`no button ${words}`)
  return found
}

export async function press(words: string): Promise<void> {
  button(words).click()
  await flushPromises()
}

/** Picks one answer of the question named `name`. */
export async function pick(name: string, value: string): Promise<void> {
  const answer = document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`)
  if (!answer) throw new Error(`no answer ${value} to ${name}`)
  await new DOMWrapper(answer).setValue(true)
}

/** Ticks the box whose line bears these words. */
export async function tickBox(words: string): Promise<void> {
  const line = [...document.querySelectorAll('label')].find((element) => element.textContent?.trim() === words)
  const box = line?.querySelector('input')
  if (!box) throw new Error(`no box ${words}`)
  await new DOMWrapper(box).setValue(true)
}

/** The sentence under a button that may not be pressed. */
export function whyNot(element: HTMLElement): string | null {
  const id = element.getAttribute('aria-describedby')
  return id ? (document.getElementById(id)?.textContent ?? null) : null
}
