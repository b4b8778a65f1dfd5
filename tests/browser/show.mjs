// `node tests/browser/show.mjs SCREEN`: serves one canned screen for design work, until Control-C.
// With `YOUDAI_HOST=URL npm run dev` beside it, the page in the dev server shows that screen and reloads as it is written.
import { cannedViews, startMock } from './mock.mjs'

const views = await cannedViews()
const name = process.argv[2] ?? 'lobby'
if (!Object.hasOwn(views, name)) {
  console.error(`no screen ${name}; there are: ${Object.keys(views).join(', ')}`)
  process.exit(2)
}
const mock = await startMock()
mock.show(views[name])
mock.answerWith((asking) => (console.log(JSON.stringify(asking)), { ok: true }))
console.log(JSON.stringify({ url: mock.url }))
