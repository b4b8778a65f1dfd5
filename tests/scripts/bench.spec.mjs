// The station file that the demo, the window and the tests are given.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { station } from '../../scripts/bench.mjs'

test('a station is wired to the bench and names only files that are there', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'youdai-station-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const ready = { reader_pty: '/dev/pts/7', platform: 'http://127.0.0.1:4711' }
  const text = readFileSync(station('fixtures/stations/demo.toml', folder, ready), 'utf8')
  assert.match(text, /^endpoint = "serial:\/dev\/pts\/7@115200"$/m)
  assert.match(text, /^city = "http:\/\/127\.0\.0\.1:4711\/city"$/m)
  assert.ok(!text.includes('"../'), text)
  for (const key of ['pack', 'receipt', 'fonts']) {
    const [, path] = text.match(new RegExp(`^${key} = "(.*)"$`, 'm'))
    assert.ok(existsSync(path), path)
  }
  assert.match(text, /^photo_helper = \["\/.*\/debug\/hardware-sim", "wlt-helper"\]$/m)
  const [, data] = text.match(/^data = "(.*)"$/m)
  assert.equal(dirname(data), folder)
  assert.ok(existsSync(join(folder, 'photos', 'woman.jpg')))
  assert.ok(existsSync(join(folder, 'documents', 'id-card-page.png')))
})
