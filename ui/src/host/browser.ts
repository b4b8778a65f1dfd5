// The page in a plain browser on loopback, for the browser tests and for design work. Never part of the shipped shell.
import type { Fault, Request, View } from '../contract'
import type { Host } from './host'

type Answer = { ok: true } | { ok: false; fault: Fault }

export const host: Host = {
  async ask(request: Request): Promise<Fault | null> {
    const response = await fetch('/desk', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    const answer = (await response.json()) as Answer
    return answer.ok ? null : answer.fault
  },

  async picture(name: string): Promise<string> {
    const response = await fetch(`/picture/${encodeURIComponent(name)}`)
    if (!response.ok) throw new Error(`picture door answered ${response.status}`)
    return URL.createObjectURL(await response.blob())
  },

  listen(show: (view: View) => void): Promise<void> {
    const events = new EventSource('/view')
    events.addEventListener('message', (event) => show(JSON.parse(event.data as string) as View))
    events.addEventListener('view', (event) => show(JSON.parse((event as MessageEvent<string>).data) as View))
    return new Promise((resolve) => events.addEventListener('open', () => resolve(), { once: true }))
  },
}
