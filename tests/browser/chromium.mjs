// Debian's Chromium, headless, quiet, with a profile of its own that is thrown away.
import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'

const CHROMIUM = process.env.YOUDAI_CHROMIUM ?? '/usr/bin/chromium'

/** Launches the browser; the caller closes it. */
export function openChromium() {
  if (!existsSync(CHROMIUM)) throw new Error(`no Chromium at ${CHROMIUM}: apt-get install chromium, or set YOUDAI_CHROMIUM`)
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
  })
}

/** The two counter screens the design is made for. `pxPerMm` is that of a 23.8-inch and of a 15.6-inch panel. */
export const SCREENS = [
  { name: '1920x1080', width: 1920, height: 1080, pxPerMm: 3.64 },
  { name: '1366x768', width: 1366, height: 768, pxPerMm: 3.96 },
]

/** Resolves when the page has had its first answer. */
export function ready(page) {
  return page.waitForSelector('html[data-ready]', { state: 'attached' })
}

/** Resolves when the page shows the view of this version and all its pictures. */
export function settled(page, version) {
  return page.waitForFunction((wanted) => document.documentElement.dataset.view === String(wanted) && !document.querySelector('.coming'), version)
}
