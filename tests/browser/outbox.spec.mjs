// The outbox in the open on the real desk: the platforms go away and refuse, a clerk sees why, sends again, and carries the
// rest to the county on a stick. The photographs go to test-results/outbox, for a person to look at.
import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { deskInBrowser, runProgram } from './bench.mjs'

let desk, folder, sim, page, clerk, look

before(async () => {
  desk = await deskInBrowser('outbox')
  ;({ folder, sim } = desk)
  const county = JSON.parse(runProgram('hardware-sim', 'stick-key', '--seed', '1'))
  await mkdir(join(folder, 'stick'))
  await writeFile(join(folder, 'county.key'), county.private)
  const stick = `[stick]\nfolder = "${join(folder, 'stick')}"\ncounty_key = "${county.public}"\n\n[training]`
  const file = join(folder, 'station.toml')
  await writeFile(file, (await readFile(file, 'utf8')).replace('[training]', stick))
  await desk.comeIn()
  ;({ page, clerk, look } = desk)
  await clerk.act(() => clerk.signIn(desk.people.clerk))
})

after(() => desk?.end())

/** Every platform behaves like this from now on. */
async function behave(behaviour) {
  for (const platform of ['city', 'ageing', 'filing', 'rating']) {
    const answer = await fetch(`${sim.ready.control}/control/platform`, { method: 'POST', body: JSON.stringify({ platform, behaviour }) })
    assert.equal(answer.status, 200, await answer.text())
  }
}

/** Somebody lays their card on the reader. */
async function lay(card) {
  const answer = await fetch(`${sim.ready.control}/control/reader`, { method: 'POST', body: JSON.stringify({ do: 'lay', card }) })
  assert.equal(answer.status, 200, await answer.text())
}

/** The rows of the list, as they are read. */
const rows = () => page.getByRole('region', { name: '没送到的消息' }).getByRole('listitem')

/** The first row that says this. */
const row = (words) => rows().filter({ hasText: words }).first()

test('a visit is walked to its end while no platform is there, and the light leads to what waits', async () => {
  await behave('away')
  await lay('ouyang')
  await clerk.act(() => clerk.button('首次办理').click())
  for (let at = await clerk.here(); at !== 'closed'; at = await clerk.here()) await clerk.act(() => clerk.steps[at]())
  await clerk.act(() => clerk.button('回到大厅').click())
  await page.getByRole('button', { name: /^平台\s*待发送/ }).click()
  await page.getByRole('heading', { name: '发件箱' }).waitFor()
  await row('平台没有按时回答。').waitFor()
  await row('排在后面').waitFor()
  assert.match(await row('平台没有按时回答。').innerText(), /会自动再发，平台不会收两次。[^]*下次：[^]*已发 \d+ 次/)
  assert.doesNotMatch(await page.locator('body').innerText(), /[0-9]{17}[0-9X]/, 'no full number stands on the page')
  await look('away')
})

test('a message that was refused says so in words; sent again, it arrives with all that stood behind it', async () => {
  await behave({ reject: { code: 'BAD_NUMBER' } })
  await page.getByRole('region', { name: '按平台' }).getByRole('button', { name: '全部再发' }).first().click()
  await row('被退回').waitFor()
  assert.match(await row('被退回').innerText(), /平台不认身份证号码。[^]*平台说：“平台不予受理”/)
  await look('refused')
  await behave('accept')
  await row('被退回').getByRole('button', { name: '再发一次' }).click()
  await page.getByRole('heading', { name: '发件箱' }).waitFor()
  await page.getByText('全部送到了', { exact: true }).waitFor()
  await look('empty')
})

test('without a network the messages go by stick, and the county’s answers settle them', async () => {
  await clerk.button('回到大厅').click()
  await behave('away')
  await lay('yan')
  await clerk.act(() => clerk.button('首次办理').click())
  for (let at = await clerk.here(); at !== 'numbering'; at = await clerk.here()) await clerk.act(() => clerk.steps[at]())
  await clerk.act(() => clerk.button('暂存').click())
  await clerk.button('发件箱', { exact: true }).click()
  await clerk.button('导出到 U 盘').click()
  await page.getByText(/已导出到 U 盘：outbox-HS0101-0001\.ydx/).waitFor()
  await look('exported')
  const [name] = await readdir(join(folder, 'stick'))
  const counter = (await page.getByText('本窗口公钥').innerText()).match(/04[0-9a-f]{128}/)[0]
  await behave('accept')
  const said = runProgram('hardware-sim', 'stick-county', join(folder, 'stick', name), '--platform', sim.ready.platform, '--key', join(folder, 'county.key'), '--counter', counter, '--out', join(folder, 'stick', 'answers.yda'))
  assert.equal(JSON.parse(said).done, 3)
  await page.getByText('answers.yda').waitFor()
  await clerk.button('导入').click()
  await page.getByText('已导入第 1 份导出的回执：3 条已送达。').waitFor()
  await look('imported')
  await clerk.button('导入').click()
  const band = page.getByRole('alert')
  await band.waitFor()
  assert.match(await band.innerText(), /什么都没有改动。[^]*已经导入过/)
  await look('imported-twice')
})
