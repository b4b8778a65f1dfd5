// Reissues in a browser, at the real desk: a card is made, lost and made anew, damaged and made anew. The screens of the
// papers are photographed at both counter sizes into test-results/reissue, and measured.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, page, clerk, people, look

before(async () => {
  desk = await deskInBrowser('reissue')
  await desk.comeIn()
  ;({ page, clerk, people, look } = desk)
})

after(() => desk?.end())

/** Leads the person on the reader from the lobby to the seal; `atPapers` sees every screen of the papers. */
async function walk(kind, atPapers = async () => {}) {
  await clerk.act(() => clerk.button(kind).click())
  let turn = 0
  for (let at = await clerk.here(); at !== 'closed'; at = await clerk.here()) {
    assert.doesNotMatch(await page.locator('body').innerText(), /[0-9]{17}[0-9X]/, 'an identity number is shown unmasked')
    if (at === 'materials') await atPapers((turn += 1))
    await clerk.act(() => clerk.steps[at]())
  }
  await clerk.act(() => clerk.button('回到大厅').click())
}

test('a first card is made', async () => {
  await clerk.act(() => clerk.signIn(people.clerk))
  await walk('首次办理')
})

test('after a loss the newspaper is written down, and the number of the lost card stands there already', async () => {
  let known = ''
  await walk('遗失补发', async (turn) => {
    await look(`lost-${turn}`)
    const number = page.getByLabel('旧证证号')
    if (await number.isVisible()) known = await number.inputValue()
    if (turn > 1 && (await clerk.button('看第 1 页').first().isVisible()) && !known) {
      await clerk.button('看第 1 页').first().click()
      await page.getByRole('dialog').waitFor()
      await look('lost-page')
      await clerk.button('关上').click()
    }
  })
  assert.notEqual(known, '', 'the card that this station made is known to it')
})

test('a damaged card is described, kept and not given back; earlier papers and the folder are at hand', async () => {
  let seen = false
  await walk('破损补发', async (turn) => {
    await look(`damaged-${turn}`)
    if (turn === 1) {
      await clerk.button('用以前的材料').click()
      await page.getByRole('dialog', { name: /以前办事留下的/ }).waitFor()
      await look('damaged-history')
      await page.keyboard.press('Escape')
      await clerk.button('从文件夹选').click()
      await page.getByRole('dialog', { name: /选扫描好的图/ }).waitFor()
      await look('damaged-folder')
      await page.keyboard.press('Escape')
    }
    if (await page.getByLabel('破损情况').isVisible()) {
      seen = true
      assert.match(await page.getByRole('main').innerText(), /留存归档，不退回/)
      assert.equal(await clerk.button('原件已还给申请人').count(), 0, 'it is not given back')
    }
  })
  assert.equal(seen, true, 'the old card was asked for')
})
