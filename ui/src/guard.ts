// Takes away what a browser offers and a counter must not: context menu, zoom, reload, dropping files.

const RELOADS = new Set(['F5', 'BrowserRefresh', 'BrowserBack', 'BrowserForward'])
const WITH_CONTROL = new Set(['r', 'p', 's', 'f', 'o', 'u', '+', '=', '-', '0'])

function refuse(event: Event): void {
  event.preventDefault()
}

function refuseKey(event: KeyboardEvent): void {
  const control = event.ctrlKey || event.metaKey
  const history = event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
  if (RELOADS.has(event.key) || history || (control && WITH_CONTROL.has(event.key.toLowerCase()))) refuse(event)
}

/** Installs the refusals on `target`; called once, in built pages only. */
export function guard(target: Window): void {
  target.addEventListener('contextmenu', refuse)
  target.addEventListener('dragover', refuse)
  target.addEventListener('drop', refuse)
  target.addEventListener('keydown', refuseKey)
  target.addEventListener('wheel', (event) => event.ctrlKey && refuse(event), { passive: false })
}
