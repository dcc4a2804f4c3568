import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanDocument } from './clean-document.ts'
import { cleanImage, type ImageType } from './clean-image.ts'

const place = '2026:11:25'

/** A picture with a position, a comment and an orientation, as a telephone writes it. */
function photo(type: 'jpeg' | 'png' | 'webp', { width = 40, height = 20 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#c33' } })
    .withExif({
      IFD0: { Copyright: 'someone', ImageDescription: 'at home' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '18/1 31/1 12/1', GPSLongitude: '73/1 51/1 0/1', GPSDateStamp: place },
    })
    .withMetadata({ orientation: 6 })
    .toFormat(type)
    .toBuffer()
}

const clean = (content: Buffer, format: ImageType = 'image/webp') =>
  cleanImage({ content, format, maxEdge: 2_000, field: 'image' })
const refused = expect.objectContaining({ code: 'validation.failed', field: 'image' })

describe('a picture made anew', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    'from a %s has no position and no comment, and is upright',
    async (type) => {
      const sent = await photo(type)
      expect((await sharp(sent).metadata()).exif?.toString('latin1')).toContain(place)
      const { content, contentType, width, height } = await clean(sent, `image/${type}`)
      expect({ contentType, width, height }).toEqual({ contentType: `image/${type}`, width: 20, height: 40 })
      const metadata = await sharp(content).metadata()
      expect(metadata).toMatchObject({ format: type, width: 20, height: 40 })
      for (const part of ['exif', 'xmp', 'iptc', 'comments'] as const) expect(metadata[part]).toBeUndefined()
      expect(content.toString('latin1')).not.toContain(place)
    },
  )

  test('is scaled down to the longest edge, never up', async () => {
    const wide = await photo('jpeg', { width: 900, height: 300 })
    expect(await cleanImage({ content: wide, format: 'image/webp', maxEdge: 300, field: 'image' })).toMatchObject({
      width: 100,
      height: 300,
    })
    expect(await clean(wide)).toMatchObject({ width: 300, height: 900 })
  })

  test('has nothing of what stood behind the picture', async () => {
    const script = '<script>alert(1)</script>'
    const { content } = await clean(Buffer.concat([await photo('png'), Buffer.from(script)]), 'image/png')
    expect(content.toString('latin1')).not.toContain('script')
  })

  test('is refused when it has too many pixels, before they are decoded', async () => {
    const started = process.memoryUsage().rss
    await expect(clean(hugePng(50_000, 50_000))).rejects.toEqual(refused)
    expect(process.memoryUsage().rss - started).toBeLessThan(100_000_000)
  })

  test('is refused when it is damaged, cut short or no picture', async () => {
    const whole = await photo('png')
    await expect(clean(whole.subarray(0, 60))).rejects.toEqual(refused)
    await expect(clean(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.slice(0, 10)))).rejects.toEqual(refused)
    await expect(clean(Buffer.alloc(0))).rejects.toEqual(refused)
  })
})

describe('a document', () => {
  const pdf = (inside = '') => Buffer.from(`%PDF-1.7\n1 0 obj<<${inside}>>endobj\nstartxref\n9\n%%EOF\n`, 'latin1')
  const check = (content: Buffer) => cleanDocument({ content, contentType: 'application/pdf' }, { field: 'file' })

  test('that is a whole PDF stays as it is', async () => {
    expect(await check(pdf())).toEqual({ content: pdf(), contentType: 'application/pdf' })
  })

  test('that is a picture is made anew', async () => {
    const { content, contentType } = await cleanDocument(
      { content: await photo('jpeg'), contentType: 'image/jpeg' },
      { field: 'file' },
    )
    expect(contentType).toBe('image/jpeg')
    expect((await sharp(content).metadata()).exif).toBeUndefined()
  })

  test.each([
    ['cut short', pdf().subarray(0, 30)],
    ['with something behind it', Buffer.concat([pdf(), Buffer.from('<html>')])],
    ['with something before it', Buffer.concat([Buffer.from('<html>'), pdf()])],
    ['with a script', pdf('/OpenAction<</S/JavaScript/JS(app.alert)>>')],
    ['that starts a program', pdf('/S/Launch')],
    ['with another file in it', pdf('/Type/EmbeddedFile')],
  ])('%s is refused', async (_, content) => {
    await expect(check(content)).rejects.toEqual(expect.objectContaining({ code: 'validation.failed', field: 'file' }))
  })
})

/** The head of a PNG that claims to be `width` by `height`, with no pixels in it. */
function hugePng(width: number, height: number): Buffer {
  const bytes = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000494441540000000000000000',
    'hex',
  )
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
