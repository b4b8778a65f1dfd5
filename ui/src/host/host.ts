// What the page needs from whatever carries it. Vite chooses one of the two hosts behind `#host` at build time.
import type { Fault, Request, View } from '../contract'

export interface Host {
  /** Sends one request; answers `null` when it was done, or why it was not. */
  ask(request: Request): Promise<Fault | null>
  /** Fetches a picture by its name and gives an address for `<img>`. The caller revokes it. */
  picture(name: string): Promise<string>
  /** Calls `show` with every view the desk publishes. Resolves once no later view can be missed. */
  listen(show: (view: View) => void): Promise<void>
}

/** True when `value` has the shape of a [`Fault`], so that a fault stays the desk's and everything else is ours. */
export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'kind' in value && 'what' in value && 'do_now' in value
}
