// A stage for the real window: a display nobody sees with a window manager on it, a session bus and WebKit's driver. All
// of it ends with the test.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { outputFolder } from '../../scripts/outputs.mjs'
import { Driver, until } from './webdriver.mjs'

/** Sets the stage for one test `t`. */
export async function stage(t) {
  const endings = []
  // The last begun ends first, so that no window outlives its display.
  t.after(async () => {
    for (const end of endings.reverse()) await end()
  })
  const { folder, done } = outputFolder('window')
  endings.push(done)
  const display = `:${await firstLine(endings, 'Xvfb', ['-displayfd', '1', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'])}`
  const bus = await firstLine(endings, 'dbus-daemon', ['--session', '--print-address', '--nofork'])
  const env = {
    ...process.env,
    ...own(folder),
    DISPLAY: display,
    DBUS_SESSION_BUS_ADDRESS: bus,
    LANG: 'C.UTF-8',
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    TAURI_AUTOMATION: 'true',
    TAURI_WEBVIEW_AUTOMATION: 'true',
  }
  delete env.WAYLAND_DISPLAY
  // Without a window manager no window is ever maximised, framed or brought to the front.
  begin(endings, 'openbox', ['--sm-disable'], { env, stdio: 'ignore' })
  return {
    folder,
    env,
    /** Opens a program under the driver, and enters its window. Nothing of it is left when the test ends. */
    open: (program, args) => open(endings, env, program, args),
    /** Has `end` called when the test ends, before what was begun earlier ends. */
    ending: (end) => endings.push(end),
    /** Starts a program as a person would, without a driver and with no help for its renderer. */
    begin: (program, args) => begin(endings, program, args, { env: undriven(env), stdio: ['ignore', 'inherit', 'inherit'] }),
    /** The titles of all windows, as the window manager knows them. */
    titles: () => spawnSync('xwininfo', ['-root', '-tree'], { env, encoding: 'utf8' }).stdout,
    /** Photographs the whole display, as a person would see it. */
    photograph: (path) => {
      const taken = spawnSync('import', ['-window', 'root', path], { env, encoding: 'utf8' })
      if (taken.status !== 0) throw new Error(`import: ${taken.stderr}`)
    },
  }
}

async function open(endings, env, program, args) {
  const port = await freePort()
  const driver = begin(endings, 'WebKitWebDriver', [`--port=${port}`], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  await listening(port, driver)
  // No browserName: every value fails with some version of the driver.
  const page = await Driver.start(`http://127.0.0.1:${port}`, { 'webkitgtk:browserOptions': { binary: program, args } })
  endings.push(() => page.quit().catch(() => {}))
  const [handle] = await until('a window', async () => {
    const handles = await page.handles()
    return handles.length > 0 && handles
  })
  await page.enter(handle)
  return page
}

function undriven({ TAURI_AUTOMATION, TAURI_WEBVIEW_AUTOMATION, WEBKIT_DISABLE_DMABUF_RENDERER, ...env }) {
  return env
}

/** Folders of this test alone: no bookmark, cache or running copy of anybody else. */
function own(folder) {
  const places = ['RUNTIME_DIR', 'DATA_HOME', 'CACHE_HOME', 'CONFIG_HOME']
  return Object.fromEntries(
    places.map((place) => {
      const path = join(folder, place.toLowerCase())
      mkdirSync(path, { mode: 0o700 })
      return [`XDG_${place}`, path]
    }),
  )
}

/** Starts a program that is ended, by its own id, with the test. */
function begin(endings, command, args, options) {
  const child = spawn(command, args, options)
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  endings.push(() => (child.kill(), ended))
  child.ended = ended
  return child
}

async function firstLine(endings, command, args) {
  const child = begin(endings, command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const line = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  const said = await Promise.race([line, child.ended.then(() => undefined)])
  if (said === undefined) throw new Error(`${command} ended before it was ready; is its Debian package installed?`)
  return said.trim()
}

/** Waits until the driver answers. */
async function listening(port, driver) {
  let over = false
  driver.ended.then(() => (over = true))
  for (;;) {
    if (await fetch(`http://127.0.0.1:${port}/status`).then((answer) => answer.ok, () => false)) return
    if (over) throw new Error('WebKitWebDriver ended before it was ready; is webkit2gtk-driver installed?')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
