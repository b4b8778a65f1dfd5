// The two themes: the calm one, and the dark one of high contrast for weak sight.

const root = document.documentElement

export function isContrast(): boolean {
  return root.dataset.theme === 'contrast'
}

export function setContrast(on: boolean): void {
  if (on) root.dataset.theme = 'contrast'
  else delete root.dataset.theme
}

/** Follows the system once, at the start; after that the button decides. */
export function followSystem(): void {
  setContrast(matchMedia('(prefers-contrast: more)').matches)
}
