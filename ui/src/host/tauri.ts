// The page inside the Tauri shell: one command, one picture door, one event.
import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'

import type { Fault, Request, View } from '../contract'
import { type Host, isFault } from './host'

export const host: Host = {
  async ask(request: Request): Promise<Fault | null> {
    try {
      await invoke('desk', { request })
      return null
    } catch (refused) {
      if (isFault(refused)) return refused
      throw refused
    }
  },

  async picture(name: string): Promise<string> {
    const bytes = await invoke<ArrayBuffer>('picture', { name })
    return URL.createObjectURL(new Blob([bytes]))
  },

  async listen(show: (view: View) => void): Promise<void> {
    await listen<View>('view', (event) => show(event.payload))
  },
}
