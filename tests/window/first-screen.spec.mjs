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
import { until } from './webdriver.mjs'

const pictures = join(root, 'out', 'window')
mkdirSync(pictures, { recursive: true })

async function openCounter(t) {
  const set = await stage(t)
  const sim = await simulator('fixtures/scenarios/demo.toml')
  set.ending(() => sim.stop())
  const page = await set.open(program('counter'), [station('fixtures/stations/demo.toml', set.folder, sim.ready)])
  await until('the first view', () => page.inPage('return document.documentElement.dataset.ready === "1"'))
  return { set, page }
}

test('the window shows the door of its station', async (t) => {
  const { set, page } = await openCounter(t)

  await t.test('it names the window and says that this is training', async () => {
    const words = await until('the door', () => page.inPage('return document.body.innerText'))
    for (const word of [/益阳市赫山区样例村便民服务中心/, /培训模式/, /第一次使用：设管理员/]) assert.match(words, word)
    assert.match(set.titles(), /培训模式 · 益阳市赫山区样例村便民服务中心/)
  })

  await t.test('a person in front of the display sees it', () => painted(set, 'door.png'))

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

test('the window paints by itself, without a driver', async (t) => {
  const set = await stage(t)
  const sim = await simulator('fixtures/scenarios/demo.toml')
  set.ending(() => sim.stop())
  const counter = set.begin(program('counter'), [station('fixtures/stations/demo.toml', set.folder, sim.ready)])
  await painted(set, 'undriven.png', () => assert.equal(counter.exitCode, null, 'the window ended'))

  await t.test('a web process that dies is replaced', async () => {
    const [old] = webProcesses(counter.pid)
    process.kill(old, 'SIGKILL')
    await until('a new web process', () => webProcesses(counter.pid).some((pid) => pid !== old))
    assert.equal(counter.exitCode, null, 'the window ended')
  })
})

test('a station that cannot start shows why', async (t) => {
  const set = await stage(t)
  const page = await set.open(program('counter'), [join(set.folder, 'no-such-station.toml')])
  const words = await until('the fault', () => page.text('main'))
  assert.match(words, /未能启动/)
  assert.match(words, /站点设置文件/)
  assert.match(words, /station\.file/)
  await painted(set, 'fault.png')
})

test('without a display one line says so', () => {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' }
  const { status, stderr } = spawnSync(program('counter'), [], { env, encoding: 'utf8', timeout: 30_000 })
  assert.equal(status, 2)
  assert.equal(stderr.trim().split('\n').length, 1)
  assert.match(stderr, /no display/)
})

/** The living web processes of a program, by id. */
function webProcesses(parent) {
  const listed = spawnSync('ps', ['--ppid', String(parent), '-o', 'pid=,stat=,comm='], { encoding: 'utf8' }).stdout
  const rows = listed.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.filter(([, state, name]) => name?.startsWith('WebKitWebProc') && !state.startsWith('Z')).map(([pid]) => Number(pid))
}

/** Photographs the display until more is on it than a ground and a line of text. */
function painted(set, name, still = () => {}) {
  const path = join(pictures, name)
  return until(`a painted window in ${path}`, () => {
    still()
    set.photograph(path)
    return colours(path) > 400
  })
}

/** How many colours a picture has below the frame that the window manager drew. */
function colours(path) {
  const counted = spawnSync('convert', [path, '-crop', '+0+60', '-format', '%k', 'info:'], { encoding: 'utf8' })
  if (counted.status !== 0) throw new Error(counted.stderr)
  return Number(counted.stdout)
}
