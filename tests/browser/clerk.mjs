// A clerk who finds everything by role and by words, as a person does, and what they see: the step, the view, trouble.
import assert from 'node:assert/strict'
import { join } from 'node:path'

import { drawPage } from './pictures.mjs'

export const STEPS = ['identify', 'applicant', 'eligibility', 'materials', 'photo', 'acceptance', 'numbering', 'printing', 'delivery', 'rating', 'archive']

/** The version of the view that the desk shows now: the first event of its stream. */
async function publishedVersion(host) {
  const leaving = new AbortController()
  const { body } = await fetch(`${host.ready.url}/view`, { signal: leaving.signal })
  let text = ''
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part
    if (text.includes('\n\n')) break
  }
  leaving.abort()
  return JSON.parse(text.slice(text.indexOf('{'), text.indexOf('\n\n'))).version
}

/** A clerk at `page`, which `host` serves; `folder` is the station's, into which they lay what the scanner gives. */
export function clerkAt(page, host, folder) {
  const button = (name, options = {}) => page.getByRole('button', { name, ...options })
  const answer = (question, name) => page.getByRole('group', { name: question }).getByRole('radio', { name, exact: typeof name === 'string' }).check({ force: true })
  let pages = 0

  const version = () => page.evaluate(() => Number(document.documentElement.dataset.view))

  /** Resolves when a newer view is on screen and no request is under way. A trouble ends it with its words. */
  async function newer(than) {
    const changed = page.waitForFunction((before) => Number(document.documentElement.dataset.view) > before && !document.querySelector('[aria-busy=true]'), than)
    const alert = page.getByRole('alert').first()
    const stopped = alert.waitFor()
    for (const loser of [changed, stopped]) loser.catch(() => {}) // Losing the race is not a failure.
    await Promise.race([changed, stopped])
    // What came of the request is published before it is answered, but may still be on its way to the page.
    const published = await publishedVersion(host)
    await page.waitForFunction((wanted) => Number(document.documentElement.dataset.view) >= wanted, published)
    if (await alert.isVisible()) assert.fail(await alert.innerText())
  }

  /** What a clerk does on each step's screen. Each does at most one thing and leaves a newer view to wait for. */
  const steps = {
    /** Until the card has been read, or the band says why not. */
    async identify() {
      await button('读身份证').click()
      await page.locator('h1:not(:text("身份核验")), [role=alert]').first().waitFor()
    },

    async applicant({ phone = '13800000000' } = {}) {
      await answer('谁来办？', '本人来办')
      await answer('户口在哪里？', '本窗口所在区县')
      const department = page.getByLabel('承办部门')
      await department.selectOption(await department.locator('option', { hasText: '赫山' }).getAttribute('value'))
      await page.getByLabel('凭什么这样定').fill('身份证住址在本区')
      await page.getByLabel('联系电话').fill(phone)
      await page.getByLabel('现在住哪里').fill('样例村十二组 3 号')
      await button('填好了').click()
    },

    eligibility: () => button('核对资格').click(),

    /** Ticks what is in hand and leaves the giving back for later, as people do. */
    async materials() {
      if (await button('扫描', { exact: true }).isVisible()) {
        pages += 1
        await drawPage(join(folder, 'documents', `page-${pages}.png`), pages)
        return button('扫描', { exact: true }).click()
      }
      if (await button('记下来').isVisible()) {
        // After a loss the newspaper is written down; of a damaged card, what is left of it. The number stands there already.
        for (const [label, entry] of [['报纸名称', '样例日报'], ['登报日期', '2021-11-01'], ['第几版', '第3版'], ['破损情况', '折断，字迹看不清']])
          if (await page.getByLabel(label).isVisible()) await page.getByLabel(label).fill(entry)
        return button('记下来').click()
      }
      if (await button('原件已还给申请人').isVisible()) return button('原件已还给申请人').click()
      await page.getByRole('checkbox', { name: '已看过原件' }).check({ force: true })
      return button('看过了，没问题').click()
    },

    async photo() {
      if (await button('取照片').isVisible()) return button('取照片').click()
      for (const question of ['是本人', '没戴帽子', '是近期的']) await answer(question, '是')
      return button('是本人，免冠，近期').click()
    },

    acceptance: () => button('受理').click(),
    numbering: () => button('取号').click(),

    async printing() {
      if (await button('打印', { exact: true }).isVisible()) await button('打印', { exact: true }).click()
      else if (await page.getByRole('heading', { name: '卡片打印好了吗？' }).isVisible()) await button('好卡').click()
    },

    async delivery() {
      await page.getByRole('checkbox', { name: /身份证/ }).check({ force: true })
      await answer('谁领走？', /本人/)
      await button('已交到手里').click()
    },

    /** As the person at the window does: a face, and submit. Then the clerk goes on. */
    async rating() {
      if (await button('接着办', { exact: true }).isVisible()) return button('接着办', { exact: true }).click()
      await page.getByRole('radio', { name: '满意', exact: true }).check({ force: true })
      return button('提交评价').click()
    },

    async archive() {
      if (await button('封存归档').isVisible()) return button('封存归档').click()
      await page.getByLabel('交给谁').fill('张敏')
      // At a hall whoever takes the papers signs.
      const signature = page.getByLabel('接收人的密码')
      if (await signature.isVisible()) await signature.fill('lianxi-zhangmin-1')
      return button('交接完成').click()
    },
  }

  return {
    button,
    steps,

    /** Types name and password at the door. */
    async signIn({ name, password }) {
      await page.getByLabel('姓名', { exact: true }).fill(name)
      await page.getByLabel('密码', { exact: true }).fill(password)
      await button('登录', { exact: true }).click()
    },

    /** The step on screen, `closed`, or `lobby`. */
    async here() {
      if (await button('回到大厅').isVisible()) return 'closed'
      if (await button('首次办理').isVisible()) return 'lobby'
      const lines = page.getByRole('navigation', { name: '办理步骤' }).getByRole('listitem')
      const current = await lines.evaluateAll((all) => all.findIndex((line) => line.getAttribute('aria-current') === 'step'))
      return STEPS[current] ?? assert.fail(`no step is on screen, but: ${await page.locator('body').innerText()}`)
    },

    /** Does something and waits for the view that comes of it. */
    async act(something) {
      const seen = await version()
      await something()
      await newer(seen)
    },
  }
}
