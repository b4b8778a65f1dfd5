// Drawn pictures as files, for the folders a station looks into: a one-inch portrait and a page. No real person is in them.
import { writeFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'

/** 300 dots an inch, in dots a metre. */
const DOTS_A_METRE = 11811

/** A PNG chunk with its length and check sum. */
function chunk(kind, body) {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length)
  head.write(kind, 4, 'latin1')
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])))
  return Buffer.concat([head, body, check])
}

/** An RGB picture whose every dot comes from `colour(x, y)`, written as PNG with its density. */
async function writePng(path, width, height, colour) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const density = Buffer.alloc(9)
  density.writeUInt32BE(DOTS_A_METRE, 0)
  density.writeUInt32BE(DOTS_A_METRE, 4)
  density[8] = 1
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  await writeFile(path, Buffer.concat([signature, chunk('IHDR', header), chunk('pHYs', density), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]))
}

const inside = (x, y, cx, cy, rx, ry) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1

/** A portrait of 295 x 413 dots: 25 x 35 mm. */
export function drawPortrait(path) {
  return writePng(path, 295, 413, (x, y) => {
    const eye = inside(x, y, 120, 185, 11, 5) || inside(x, y, 176, 185, 11, 5)
    const mouth = inside(x, y, 148, 250, 26, 5)
    if (eye || mouth) return [72, 48, 40]
    if (inside(x, y, 148, 200, 72, 94) && y > 128) return [224, 188, 160]
    if (inside(x, y, 148, 180, 84, 104) && y < 240) return [150, 150, 148]
    if (inside(x, y, 148, 413, 140, 110)) return [60, 84, 100]
    return [120, 180, 220]
  })
}

/** A page of 1240 x 874 dots with lines of writing on it. `seed` makes two pages differ. */
export function drawPage(path, seed) {
  return writePng(path, 1240, 874, (x, y) => {
    const line = y % 64 > 44 && y > 120 && y < 760 && x > 120 && x < 700 + ((Math.floor(y / 64) + seed) % 5) * 90
    return line && (x * 7 + seed) % 31 > 9 ? [40, 44, 48] : [246, 244, 238]
  })
}
