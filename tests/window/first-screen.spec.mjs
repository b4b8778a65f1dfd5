// The real window, in WebKit, on a station wired to the simulator: it shows its first screen, and a page gone bad is
// held by it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { simulator, station } from '../../scripts/bench.mjs'
import { program, root } from '../../scripts/places.mjs'
import { stage } from './stage.mjs'

const pictures = join(root, 'out', 'window')
mkdirSync(pictures, { recursive: true })

async function openCounter(t) {
  const set = await stage(t)
  const sim = await simulator('fixtures/scenarios/demo.toml')
  t.after(() => sim.stop())
  const page = await set.open(program('counter'), [station('fixtures/stations/demo.toml', set.folder, sim.ready)])
  await page.until('the first view', () => page.inPage('return document.documentElement.dataset.ready === "1"'))
  return { set, page }
}

test('the window shows the lobby of its station', async (t) => {
  const { set, page } = await openCounter(t)

  await t.test('it names the window and says that this is training', async () => {
    const words = await page.text('body')
    assert.match(words, /益阳市赫山区样例村便民服务中心/)
    assert.match(words, /培训模式/)
  })

  await t.test('something is painted, in more than a few colours', () => {
    const path = join(pictures, 'lobby.png')
    set.photograph(path)
    assert.ok(colours(path) > 50, `${path} has ${colours(path)} colours`)
  })

  await t.test('script from elsewhere does not run', async () => {
    const ran = await page.inPage(`
      const line = document.createElement('script')
      line.textContent = 'window.inlineRan = true'
      document.head.append(line)
      return window.inlineRan === true`)
    assert.equal(ran, false)
    const reached = await page.inPageLater(`fetch('http://127.0.0.1:9/').then(() => arguments[0]('reached'), (e) => arguments[0](String(e)))`)
    assert.match(reached, /TypeError/)
  })

  await t.test('the page cannot be led away', async () => {
    const before = await page.url()
    await page.inPage(`location.href = 'http://127.0.0.1:9/elsewhere'`)
    await page.inPage(`window.open('http://127.0.0.1:9/other')`)
    assert.equal(await page.url(), before)
    assert.equal((await page.handles()).length, 1)
  })

  await t.test('it opens two commands and no other', async () => {
    const refused = await page.inPageLater(`
      window.__TAURI_INTERNALS__.invoke('plugin:window|close', { label: 'counter' })
        .then(() => arguments[0]('allowed'), (error) => arguments[0](String(error)))`)
    assert.match(refused, /not allowed/)
  })
})

test('a station that cannot start shows why', async (t) => {
  const set = await stage(t)
  const page = await set.open(program('counter'), [join(set.folder, 'no-such-station.toml')])
  const words = await page.until('the fault', () => page.text('main'))
  assert.match(words, /未能启动/)
  assert.match(words, /站点设置文件/)
  assert.match(words, /station\.file/)
  const path = join(pictures, 'fault.png')
  set.photograph(path)
  assert.ok(colours(path) > 50, `${path} has ${colours(path)} colours`)
})

test('without a display one line says so', () => {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' }
  const { status, stderr } = spawnSync(program('counter'), [], { env, encoding: 'utf8', timeout: 30_000 })
  assert.equal(status, 2)
  assert.equal(stderr.trim().split('\n').length, 1)
  assert.match(stderr, /no display/)
})

/** How many colours a picture has. */
function colours(path) {
  const counted = spawnSync('identify', ['-format', '%k', path], { encoding: 'utf8' })
  assert.equal(counted.status, 0, counted.stderr)
  return Number(counted.stdout)
}
