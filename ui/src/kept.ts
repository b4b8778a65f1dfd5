// Forms that outlive a power cut: what stands in a field is kept by the desk when the field is left, and stands there again
// when the form comes back.
import { keep, view } from './desk'

type Entry = Record<string, string | string[] | null>

/** Puts what was kept of `form` into `entry`, and gives the listener for `change` of the form's element. */
export function keeping(form: string, entry: Entry): () => void {
  const screen = view.value?.screen
  const stored = screen?.show === 'case' ? screen.aside.kept : screen?.show === 'lobby' ? screen.door.kept : {}
  for (const [name, value] of Object.entries(entry)) {
    const found = stored[`${form}.${name}`]
    if (found === undefined) continue
    if (Array.isArray(value)) entry[name] = found.split(' ').filter(Boolean)
    else entry[name] = value === null && found === '' ? null : found
  }
  const text = (value: Entry[string] | undefined): string => (Array.isArray(value) ? value.join(' ') : (value ?? ''))
  const last = new Map(Object.entries(entry).map(([name, value]) => [name, text(value)]))
  return () => {
    for (const name of Object.keys(entry)) {
      const now = text(entry[name])
      if (now === last.get(name)) continue
      last.set(name, now)
      keep(`${form}.${name}`, now)
    }
  }
}
