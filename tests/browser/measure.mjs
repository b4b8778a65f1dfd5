// What is measured on a rendered page: axe, what sticks out, and targets that are too low for a finger.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Every complaint about the page as it stands, in words; an empty list is a good page. */
export async function complaints(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  return [
    ...violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    ...(await page.evaluate(overflow)),
    ...(await page.evaluate(lowTargets)),
  ]
}

/** Runs in the page. */
function overflow() {
  const wrong = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) wrong.push('the page itself scrolls')
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect()
    if (box.width < 2 || box.height < 2 || element.closest('.unseen, svg')) continue
    if (box.right > innerWidth + 1 || box.left < -1) wrong.push(`off the side: ${element.className} ${element.textContent.slice(0, 20)}`)
    if (element.matches('button, label') && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut off: ${element.textContent.trim()}`)
  }
  const primary = document.querySelector('main button.primary')?.getBoundingClientRect()
  if (primary && primary.bottom > innerHeight) wrong.push('the primary button is below the screen')
  return wrong
}

/** Targets lower than 11 mm. Runs in the page. */
function lowTargets() {
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))
  const targets = 'button, select, .field input, label:has(input[type=radio], input[type=checkbox])'
  return [...document.querySelectorAll(targets)]
    .map((element) => ({ words: element.textContent.trim(), high: element.getBoundingClientRect().height / mm }))
    .filter(({ high }) => high < 10.99)
    .map(({ words, high }) => `target ${words} is ${high.toFixed(1)} mm high`)
}
