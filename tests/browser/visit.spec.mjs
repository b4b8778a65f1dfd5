// One whole visit in a browser: the real desk, the simulated hardware, and a clerk who finds everything by role and words.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { station } from '../../scripts/bench.mjs'
import { startProgram, top } from './bench.mjs'
import { openChromium, ready } from './chromium.mjs'
import { drawPage, drawPortrait } from './pictures.mjs'

const STEPS = ['identify', 'applicant', 'eligibility', 'materials', 'photo', 'acceptance', 'numbering', 'printing', 'delivery', 'rating', 'archive']
/** The longest that one act of the desk or of its devices may take, in milliseconds. */
const PATIENCE = 30_000

let folder, sim, host, browser, page

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'youdai-visit-'))
  sim = await startProgram('hardware-sim', join(top, 'fixtures/scenarios/demo.toml'))
  const file = station('fixtures/stations/demo.toml', folder, sim.ready)
  host = await startProgram('browser-host', '--station', file, '--ui', join(top, 'ui/dist-browser'), '--port', '0')
  browser = await openChromium()
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE)
})

after(async () => {
  await browser?.close()
  await host?.stop()
  await sim?.stop()
  await rm(folder, { recursive: true, force: true })
})

const button = (name, options = {}) => page.getByRole('button', { name, ...options })
const answer = (question, name) => page.getByRole('group', { name: question }).getByRole('radio', { name, exact: typeof name === 'string' }).check({ force: true })
let pages = 0

/** What a clerk does on each step's screen. Each does one thing that brings a new view. */
const clerk = {
  identify: () => button('读身份证').click(),

  async applicant() {
    await answer('谁来办？', '本人来办')
    await answer('户口在哪里？', '本窗口所在区县')
    const department = page.getByLabel('承办部门')
    const heshan = await department.locator('option', { hasText: '赫山' }).getAttribute('value')
    await department.selectOption(heshan)
    await page.getByLabel('凭什么这样定').fill('身份证住址在本区')
    await page.getByLabel('联系电话').fill('13800000000')
    await page.getByLabel('现在住哪里').fill('样例村十二组 3 号')
    await button('填好了').click()
  },

  eligibility: () => button('核对资格').click(),

  async materials() {
    if (await button('扫描', { exact: true }).isVisible()) {
      pages += 1
      await drawPage(join(folder, 'documents', `page-${pages}.png`), pages)
      await button('扫描', { exact: true }).click()
    } else if (await button('原件已还给申请人').isVisible()) {
      await button('原件已还给申请人').click()
    } else {
      await page.getByRole('checkbox', { name: '已看过原件' }).check({ force: true })
      const back = page.getByRole('checkbox', { name: '原件已还给申请人' })
      if (await back.isVisible()) await back.check({ force: true })
      await button('看过了，没问题').click()
    }
  },

  async photo() {
    if (await button('取照片').isVisible()) {
      await mkdir(join(folder, 'photos'), { recursive: true })
      await drawPortrait(join(folder, 'photos', 'portrait.png'))
      await button('取照片').click()
    } else {
      for (const question of ['是本人', '没戴帽子', '是近期的']) await answer(question, '是')
      await button('是本人，免冠，近期').click()
    }
  },

  acceptance: () => button('受理').click(),
  numbering: () => button('取号').click(),

  async printing() {
    if (await button('打印', { exact: true }).isVisible()) await button('打印', { exact: true }).click()
    else if (await page.getByRole('heading', { name: '卡片打印好了吗？' }).isVisible()) await button('好卡').click()
  },

  async delivery() {
    await answer('凭什么领？', /身份证/)
    await answer('谁领走？', '本人')
    await button('已交到手里').click()
  },

  rating: () => button('满意', { exact: true }).click(),

  async archive() {
    if (await button('封存归档').isVisible()) return button('封存归档').click()
    await page.getByLabel('交给谁').fill('张敏')
    return button('交接完成').click()
  },
}

const version = () => page.evaluate(() => Number(document.documentElement.dataset.view))

/** Resolves when a newer view is on screen and no request is under way. A trouble ends the visit with its words. */
async function newer(than) {
  const changed = page.waitForFunction((before) => Number(document.documentElement.dataset.view) > before && !document.querySelector('[aria-busy=true]'), than)
  const stopped = page.getByRole('alert').first().waitFor()
  stopped.catch(() => {}) // Losing the race is not a failure.
  await Promise.race([changed, stopped])
  const alert = page.getByRole('alert').first()
  if (await alert.isVisible()) assert.fail(await alert.innerText())
}

/** The step on screen, or `closed`. */
async function here() {
  if (await button('回到大厅').isVisible()) return 'closed'
  const lines = page.getByRole('navigation', { name: '办理步骤' }).getByRole('listitem')
  const current = await lines.evaluateAll((all) => all.findIndex((line) => line.getAttribute('aria-current') === 'step'))
  return STEPS[current] ?? assert.fail(`no step is on screen, but: ${await page.locator('body').innerText()}`)
}

test('a clerk leads one person through all eleven steps', async () => {
  await page.goto(host.ready.url)
  await ready(page)
  assert.match(await page.title(), /^培训模式 · /)

  let seen = await version()
  await button('首次办理').click()
  await newer(seen)

  const walked = []
  for (let at = await here(); at !== 'closed'; at = await here()) {
    if (walked.at(-1) !== at) walked.push(at)
    assert.doesNotMatch(await page.locator('body').innerText(), /[0-9]{17}[0-9X]/, 'an identity number is shown unmasked')
    seen = await version()
    await clerk[at]()
    await newer(seen)
  }
  assert.deepEqual(new Set(walked), new Set(STEPS), 'every step was on screen')
  assert.deepEqual(walked.filter((step) => step !== 'rating'), STEPS.filter((step) => step !== 'rating'), 'and in the order of the procedure')

  await button('回到大厅').click()
  await page.getByRole('heading', { name: '没办完的' }).waitFor()
  assert.match(await page.locator('main').innerText(), /今天已发证\s*1 张/)
})
