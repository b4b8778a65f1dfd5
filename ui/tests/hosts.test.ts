// Both hosts answer alike: done is null, a fault is given back, anything else is thrown.
import { afterEach, expect, test, vi } from 'vitest'

const invoke = vi.hoisted(() => vi.fn())
vi.mock('@tauri-apps/api/core', () => ({ invoke }))
vi.mock('@tauri-apps/api/event', () => ({ listen: vi.fn() }))

import { host as browser } from '../src/host/browser'
import { host as tauri } from '../src/host/tauri'
import { faults } from './views'

afterEach(() => vi.unstubAllGlobals())

function answering(body: unknown): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body))))
}

test('the shell’s host gives back a fault and throws what is not one', async () => {
  invoke.mockResolvedValueOnce({ ok: true })
  expect(await tauri.ask({ ask: 'accept' })).toBeNull()
  expect(invoke).toHaveBeenCalledWith('desk', { request: { ask: 'accept' } })
  invoke.mockRejectedValueOnce(faults.attend)
  expect(await tauri.ask({ ask: 'accept' })).toEqual(faults.attend)
  invoke.mockRejectedValueOnce('command desk not allowed')
  await expect(tauri.ask({ ask: 'accept' })).rejects.toBe('command desk not allowed')
})

test('the browser’s host reads the same two answers', async () => {
  answering({ ok: true })
  expect(await browser.ask({ ask: 'accept' })).toBeNull()
  answering({ ok: false, fault: faults.attend })
  expect(await browser.ask({ ask: 'accept' })).toEqual(faults.attend)
})

test('a picture door that is shut is thrown', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })))
  await expect(browser.picture('page-1')).rejects.toThrow('404')
})
