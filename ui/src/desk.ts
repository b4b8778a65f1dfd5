// The page's whole state: the latest view, whether a request is under way, and the answer that has not been read yet.
import { computed, readonly, ref, shallowRef } from 'vue'

import { host } from '#host'
import type { Act, Fault, FaultKind, Request, View } from './contract'
import { unreachable } from './words/frame'

const latest = shallowRef<View | null>(null)
const answered = shallowRef<Fault | null>(null)
const asking = ref<Request['ask'] | null>(null)

export const view = readonly(latest) as Readonly<typeof latest>

/** The `ask` under way, or `null`. While there is one, no second request is sent. */
export const busy = readonly(asking)

/** What stands in the way: the desk's own band, or else the answer to the last request. */
export const trouble = computed<Fault | null>(() => latest.value?.trouble ?? answered.value)

/** The faults of the form on screen; they are shown in the form and not in the band. */
export const corrections = computed<Fault | null>(() => (trouble.value?.kind === 'correct' ? trouble.value : null))

/** Takes a view; one that is older than the view on screen is dropped. */
export function show(next: View): void {
  if (latest.value && next.version < latest.value.version) return
  // What was wrong with a form goes with its screen: the next person does not read it.
  if (latest.value && latest.value.screen.show !== next.screen.show) answered.value = null
  latest.value = next
  document.documentElement.style.setProperty('--mm', `${next.station.px_per_mm}px`)
}

/** Fields that were left and are on their way to the desk. */
let leaving: Promise<unknown> = Promise.resolve()

/** A field was left: the desk keeps what stands in it. It never stands in the way of an act, and an act waits for it. */
export function keep(field: string, value: string): void {
  leaving = leaving.then(() => host.ask({ ask: 'keep_entry', field, value })).catch(() => undefined)
}

/** Sends a request. A second press while one is under way does nothing. Answers whether it was done. */
export async function ask(request: Request): Promise<boolean> {
  if (asking.value !== null) return false
  asking.value = request.ask
  answered.value = null
  try {
    await leaving
    answered.value = await host.ask(request)
  } catch {
    answered.value = unreachable
  } finally {
    asking.value = null
  }
  return answered.value === null
}

/** Stops a reading that is under way. It overtakes the request it stops. */
export async function interrupt(): Promise<void> {
  try {
    await host.ask({ ask: 'cancel_read' })
  } catch {
    answered.value = unreachable
  }
}

/** The person has read the trouble. */
export async function understood(): Promise<void> {
  answered.value = null
  if (latest.value?.trouble) await ask({ ask: 'understood' })
}

/** Puts a correction of the form itself where the desk's corrections stand. */
export function correct(fault: Fault): void {
  answered.value = fault
}

const SILENT: Omit<Act, 'ask'> = { allowed: false, why_not: null }

/** Whether the view names this act, and if it may not be done, why. An act the view does not name is not offered. */
export function act(name: Request['ask']): Act & { named: boolean } {
  const screen = latest.value?.screen
  const found = screen && 'acts' in screen ? screen.acts.find((line) => line.ask === name) : undefined
  return found ? { ...found, named: true } : { ask: name, ...SILENT, named: false }
}

/** Listens first and looks second, so that no view falls between the two. */
export async function begin(): Promise<void> {
  await host.listen(show)
  await ask({ ask: 'look' })
}

/** Faults the band shows; `correct` belongs to the form. */
export function belongsToBand(kind: FaultKind): boolean {
  return kind !== 'correct'
}
