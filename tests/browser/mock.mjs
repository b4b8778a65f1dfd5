// A stand-in for browser-host that speaks the same routes and shows canned views, for photographs and design work.
// It decides nothing: a POST to /desk is kept in `asked` and answered with `{ok: true}`.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, resolve } from 'node:path'

import { runnerImport } from 'vite'

const top = resolve(import.meta.dirname, '../..')
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }

/** The shell's own content policy, so that the page is looked at under it; only the way to the desk differs. */
const { app } = JSON.parse(await readFile(join(top, 'src-tauri/tauri.conf.json'), 'utf8'))
const policy = app.security.csp.replace(/connect-src [^;]+/, "connect-src 'self'")

/** The typed fixtures of the unit tests, so that no second set can drift away from the contract. */
export async function cannedViews() {
  const { module } = await runnerImport(join(top, 'ui/tests/views.ts'))
  return module.views
}

/** Drawn pictures: no real person stands behind any of them. */
function drawing(name) {
  if (name.startsWith('card')) {
    const back = name === 'card-back'
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 856 540" font-family="Noto Serif CJK SC"><rect width="856" height="540" fill="${back ? '#fffdf8' : '#fff7f2'}"/><rect width="856" height="104" fill="#a33a2c"/><text x="428" y="72" font-size="52" text-anchor="middle" fill="#fff">${back ? '持证须知' : '老年人优待证（样例）'}</text>${
      back
        ? '<g font-size="30" fill="#333"><text x="60" y="180">一、本证只限本人使用。</text><text x="60" y="240">二、请妥善保管，遗失请登报声明。</text><text x="60" y="300">三、咨询电话 0737-4423642</text></g>'
        : `<g font-size="34" fill="#222"><text x="60" y="190">姓名　欧阳𬭚</text><text x="60" y="256">性别　女　　民族　汉</text><text x="60" y="322">出生　1951年3月8日</text><text x="60" y="388">编号　HS210042</text><text x="60" y="480" font-size="26" fill="#777">样例，不作数</text></g><g transform="translate(600 150) scale(.78)">${face}</g>`
    }</svg>`
  }
  if (name.startsWith('page'))
    return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 460"><rect width="680" height="460" fill="#e9edf0"/><rect x="60" y="50" width="560" height="360" rx="18" fill="#fff"/><g fill="#c9d0d4"><rect x="100" y="100" width="240" height="20"/><rect x="100" y="150" width="200" height="20"/><rect x="100" y="200" width="260" height="20"/><rect x="100" y="340" width="420" height="24"/></g><rect x="430" y="100" width="140" height="180" fill="#d8e2e2"/></svg>'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 251 348">${face}</svg>`
}
const face =
  '<rect width="251" height="348" fill="#b9d7e6"/><path d="M10 348c4-84 56-100 115-100s112 16 116 100z" fill="#4f6470"/><path d="M100 215h52v44c-14 16-38 16-52 0z" fill="#dcb695"/><ellipse cx="126" cy="160" rx="62" ry="78" fill="#e7c4a4"/><path d="M60 150c-8-70 30-104 66-104s76 34 66 104c-10-40-22-58-40-62-34 10-70 6-92 62z" fill="#c9c9c6"/><g fill="none" stroke="#6b5340" stroke-width="4" stroke-linecap="round"><path d="M92 152h20M140 152h20M108 204c12 8 26 8 38 0"/></g>'

/** Starts the stand-in on a free loopback port. `show(view)` puts a view on every open page. */
export async function startMock(ui = join(top, 'ui/dist-browser')) {
  const pages = new Set()
  const asked = []
  let shown = null
  let version = 0
  let answer = () => ({ ok: true })

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    if (path === '/view') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.flushHeaders()
      pages.add(response)
      request.on('close', () => pages.delete(response))
      if (shown) response.write(`data: ${JSON.stringify(shown)}\n\n`)
    } else if (path === '/desk') {
      let body = ''
      for await (const part of request) body += part
      const asking = JSON.parse(body)
      asked.push(asking)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await answer(asking)))
    } else if (path.startsWith('/picture/')) {
      const name = path.slice('/picture/'.length)
      if (name === 'lost') response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(drawing(name))
    } else {
      const file = normalize(join(ui, path === '/' ? 'index.html' : path))
      try {
        if (!file.startsWith(ui)) throw new Error('outside')
        const bytes = await readFile(file)
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy }).end(bytes)
      } catch {
        response.writeHead(404).end()
      }
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    answerWith(answering) {
      answer = answering
    },
    /** Gives the version under which the page will have it: `html[data-view]`. */
    show(view) {
      version += 1
      shown = { ...view, version }
      for (const page of pages) page.write(`data: ${JSON.stringify(shown)}\n\n`)
      return version
    },
    async stop() {
      for (const page of pages) page.end()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
