import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { times } from '@ev/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSmallApi } from './testing/small-api.ts'
import { usualUploadLimits } from './upload-slots.ts'

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(64)])
const pdf = Buffer.from('%PDF-1.7\nstartxref\n9\n%%EOF\n')

function papers(overrides: Parameters<typeof createSmallApi>[0] = {}) {
  const api = createSmallApi(overrides)
  const authorization = api.login()
  const post = (by = authorization) => api.http.post('/api/things/1/paper/').set('Authorization', by)
  return { api, authorization, post, call: (at = 0) => Object(api.deps.calls[at]) }
}

describe('a form with files', () => {
  test('arrives like JSON: texts by the schema of the body, files by their content', async () => {
    const { post, call } = papers()
    const { body } = await post()
      .field('title', 'Contract')
      .field('pages', '3')
      .field('about', '7')
      .field('is_signed', 'true')
      .field('role', 'admin')
      .attach('paper', pdf, { filename: 'x.exe', contentType: 'text/html' })
      .attach('back', png, 'back.pdf')
      .expect(201)
    expect(body).toEqual({ title: 'Contract', paper: 'application/pdf', back: 'image/png' })
    expect(call()).toMatchObject({
      title: 'Contract',
      pages: 3,
      about: 7,
      is_signed: true,
      files: { paper: { content: pdf }, back: { content: png } },
    })
    expect(call()).not.toHaveProperty('role')
    expect(JSON.stringify(call())).not.toMatch(/x\.exe|text\/html|back\.pdf/)
  })

  test('may be JSON when no file is required, and may leave files out', async () => {
    const { post, call } = papers()
    await post().send({ title: 'Contract', pages: 3, is_signed: false }).expect(201)
    await post().field('title', 'Contract').field('is_signed', 'no').attach('paper', Buffer.alloc(0), '').expect(201)
    expect(call(0)).toMatchObject({ pages: 3, is_signed: false, files: { paper: null, back: null } })
    expect(call(1)).toMatchObject({ is_signed: false, files: { paper: null, back: null } })
  })

  test('names the fields that do not fit', async () => {
    const { post, api } = papers()
    const { body } = await post().field('pages', '12').field('is_signed', 'maybe').expect(400)
    expect(Object.keys(body.errors)).toEqual(['title', 'pages', 'is_signed'])
    const { body: without } = await api.http.post('/api/pictures/').field('x', 'y').expect(400)
    expect(without.errors).toEqual({ picture: ['This field is required.'] })
    await api.http.post('/api/pictures/').expect(400)
    await api.http.post('/api/pictures/').attach('picture', png, 'p.png').expect(201)
  })

  test('is not taken without a login, before anything of it is read', async () => {
    const { api } = papers()
    await api.http.post('/api/things/1/paper/').field('title', 'x').attach('paper', pdf, 'x.pdf').expect(401)
  })

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])(
    'that needs a file is refused as %s',
    async (type) => {
      const { http } = createSmallApi()
      const { body } = await http.post('/api/pictures/').set('Content-Type', type).send('{}').expect(415)
      expect(body.detail).toContain('multipart/form-data')
    },
  )

  test('has its files in the fingerprint of its idempotency key', async () => {
    const { post, call } = papers()
    const send = (content: Buffer) =>
      post().set('Idempotency-Key', 'k').field('title', 'x').attach('paper', content, 'x')
    await send(pdf).expect(201)
    await send(pdf).expect(201)
    await send(Buffer.concat([pdf, Buffer.from(' ')])).expect(201)
    const prints = times(3, (at) => call(at).idempotency.fingerprint)
    expect(prints[0]).toBe(prints[1])
    expect(prints[0]).not.toBe(prints[2])
  })
})

describe('a file', () => {
  test.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['SVG with a prologue', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a script', '#!/bin/sh\nrm -rf /\n'],
    ['a GIF that is a script too', 'GIF89a/*\u0001*/=1;alert(1)'],
    ['an archive', 'PK\u0003\u0004\u0014\u0000\u0000\u0000'],
    ['half a mark', '\u0089PN'],
    ['nothing', ''],
    ['a mark in the wrong place', ' \u0089PNG\r\n\u001a\n'],
  ])('that is %s is refused under the name of a picture', async (_, text) => {
    const { post, api } = papers()
    const content = Buffer.from(text, 'latin1')
    const { body } = await post()
      .field('title', 'x')
      .attach('back', content, { filename: 'x.png', contentType: 'image/png' })
      .expect(400)
    expect(body.errors).toEqual({ back: ['Must be a file of the type PNG.'] })
    expect(api.deps.calls).toEqual([])
  })

  test('of a type that only the other field takes is refused', async () => {
    const { body } = await papers().post().field('title', 'x').attach('back', pdf, 'x.png').expect(400)
    expect(Object.keys(body.errors)).toEqual(['back'])
  })

  test.each([
    '../../../etc/passwd',
    '..\\..\\x.png',
    `${'x'.repeat(4_096)}.png`,
    'पैन😀.png',
    '%2e%2e%2f.png',
    'a"; filename="b',
    'CON',
  ])('may have any name, for nothing is made of it: %j', async (filename) => {
    const { post, call } = papers()
    await post().field('title', 'x').attach('back', png, { filename, contentType: 'image/png' }).expect(201)
    expect(Object.keys(call().files.back).sort()).toEqual(['content', 'contentType'])
  })

  test('whose name has a NUL in it is refused', async () => {
    await papers().post().field('title', 'x').attach('back', png, 'x\0.png').expect(400)
  })

  test('that is not declared, or comes twice, is refused', async () => {
    const { post, api } = papers()
    await post().field('title', 'x').attach('avatar', png, 'x.png').expect(400)
    await post().field('title', 'x').attach('back', png, 'x.png').attach('back', png, 'y.png').expect(400)
    await post().field('title', 'x').attach('__proto__', png, 'x.png').expect(400)
    expect(api.deps.calls).toEqual([])
  })

  test('is refused above the size of its field, and taken at it', async () => {
    const { post } = papers()
    const padded = (size: number) => Buffer.concat([png, Buffer.alloc(size - png.length)])
    await post().field('title', 'x').attach('back', padded(100_000), 'x.png').expect(201)
    const { body } = await post().field('title', 'x').attach('back', padded(100_001), 'x.png').expect(413)
    expect(body).toMatchObject({ code: 'request.too_large', errors: { back: ['At most 0.1 MB are taken here.'] } })
    await post().field('title', 'x').attach('paper', padded(200_001), 'x.png').expect(413)
  })
})

describe('a hostile form', () => {
  const boundary = 'xxBOUNDARYxx'
  const part = (head: string, content = 'x') =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
  const form = (...parts: string[]) => `${parts.join('')}--${boundary}--\r\n`
  const send = (text: string, type = `multipart/form-data; boundary=${boundary}`) =>
    papers().post().set('Content-Type', type).send(text)

  test.each([
    ['names that reach for a prototype', form(part('name="title"'), part('name="__proto__"'))],
    ['a path to a prototype', form(part('name="title"'), part('name="a[__proto__][x]"'))],
    ['a constructor', form(part('name="title"'), part('name="constructor"'))],
    ['a list where a text belongs', form(part('name="title"'), part('name="title"'))],
    ['an object where a text belongs', form(part('name="title[gt]"'))],
    ['a list by its name', form(part('name="title[]"'))],
    ['a part without a name', form(part('filename="x"'))],
    ['no end', part('name="title"')],
    ['no parts', 'nothing of the kind'],
    ['a head without an end', `--${boundary}\r\nContent-Disposition: form-data; name="title"`],
  ])('with %s is a 400', async (_, text) => {
    const { status, body } = await send(text)
    expect({ status, known: ['request.malformed', 'validation.failed'].includes(body.code) }).toEqual({
      status: 400,
      known: true,
    })
    expect(JSON.stringify(body)).not.toMatch(/\bat |node_modules|Multer|Busboy/i)
  })

  test('without a boundary is a 400', async () => {
    expect((await send(form(part('name="title"')), 'multipart/form-data')).status).toBe(400)
  })

  test.each([
    ['1,000 files', form(...times(1_000, (n) => part(`name="f${n}"; filename="f${n}"`)))],
    [
      '1,000 files of one field',
      form(...times(1_000, () => part('name="back"; filename="x.png"', png.toString('latin1')))),
    ],
    ['100,000 parts', form(...times(100_000, (n) => part(`name="f${n}"`)))],
    ['100 texts', form(...times(100, (n) => part(`name="f${n}"`)))],
    ['a text of 20 kB', form(part('name="title"', 'x'.repeat(20_000)))],
    ['a name of 4 kB', form(part(`name="${'x'.repeat(4_096)}"`))],
    ['a head of 1 MB', form(`--${boundary}\r\n${'X-Y: z\r\n'.repeat(125_000)}\r\nx\r\n`)],
  ])('with %s is refused', async (_, text) => {
    const { status, body } = await send(text)
    expect([400, 413]).toContain(status)
    expect(body.code).toMatch(/^request\.(too_large|malformed)$/)
  })

  test('with a body in a charset of the client is read as text and nothing else', async () => {
    const text = form(
      `--${boundary}\r\nContent-Disposition: form-data; name="title"\r\nContent-Type: text/html; charset=utf-7\r\n\r\nx\r\n`,
    )
    expect([201, 400]).toContain((await send(text)).status)
  })
})

/** The small API behind a real socket. */
async function listening(overrides: Parameters<typeof createSmallApi>[0] = {}) {
  const { api, authorization } = papers(overrides)
  const server = createServer(api.app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo

  /** Begins a form; the caller sends as much of it as it likes. */
  function begin(headers: object = {}, by = authorization) {
    const sent = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/api/things/1/paper/',
      method: 'POST',
      headers: { authorization: by, 'content-type': 'multipart/form-data; boundary=B', ...headers },
    })
    const answer = new Promise<{ status: number; code: string }>((resolve, reject) => {
      sent.on('error', reject)
      sent.on('response', async (response: IncomingMessage) => {
        const chunks: Buffer[] = []
        for await (const chunk of response) chunks.push(chunk)
        resolve({ status: response.statusCode ?? 0, code: JSON.parse(Buffer.concat(chunks).toString()).code })
      })
    })
    sent.write('--B\r\nContent-Disposition: form-data; name="paper"; filename="x.pdf"\r\n\r\n%PDF-1.7\n')
    return { sent, answer }
  }
  return { begin, api }
}

describe('over a socket', () => {
  test('a gigabyte is refused by its announced length, and without one by what arrives, in flat memory', async () => {
    const { begin } = await listening()
    const announced = begin({ 'content-length': 1_000_000_000 })
    expect(await announced.answer).toEqual({ status: 413, code: 'request.too_large' })
    announced.sent.destroy()

    const before = process.memoryUsage().rss
    const { sent, answer } = begin()
    const chunk = Buffer.alloc(1_000_000)
    let refused: unknown
    void answer.then((problem) => {
      refused = problem
    })
    for (let megabytes = 0; megabytes < 200 && !refused; megabytes += 1) {
      if (!sent.write(chunk)) await Promise.race([once(sent, 'drain'), answer])
    }
    expect(await answer).toEqual({ status: 413, code: 'request.too_large' })
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
    sent.destroy()
  })

  test('a slow body is a 408, and its turn is free again', async () => {
    const uploads = { ...usualUploadLimits, atOnce: 1, uploadTimeoutMs: 300, waitMs: 5_000 }
    const { begin } = await listening({ uploads })
    const slow = begin()
    const drip = setInterval(() => slow.sent.write('x'), 50)
    onTestFinished(() => clearInterval(drip))
    const next = begin()
    next.sent.end('startxref\n9\n%%EOF\n\r\n--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--B--\r\n')
    expect(await slow.answer).toEqual({ status: 408, code: 'request.timeout' })
    expect(await next.answer).toMatchObject({ status: 201 })
  })

  test('a client that goes away gives its turn back', async () => {
    const { begin } = await listening({ uploads: { ...usualUploadLimits, atOnce: 1, waitMs: 5_000 } })
    for (const _ of times(3, (n) => n)) {
      const gone = begin()
      gone.answer.catch(() => {})
      await sleep(50)
      gone.sent.destroy()
    }
    const next = begin()
    next.sent.end('startxref\n9\n%%EOF\n\r\n--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--B--\r\n')
    expect(await next.answer).toMatchObject({ status: 201 })
  })

  test('one caller cannot take every turn, and who waits too long is told when to come again', async () => {
    const uploads = { ...usualUploadLimits, atOnce: 3, perCaller: 2, waitMs: 300 }
    const { begin, api } = await listening({ uploads })
    const held = times(2, () => begin())
    await sleep(100)
    const third = begin()
    const other = begin({}, api.login('user', 43))
    other.sent.end('startxref\n9\n%%EOF\n\r\n--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--B--\r\n')
    expect(await other.answer).toMatchObject({ status: 201 })
    expect(await third.answer).toEqual({ status: 503, code: 'service.unavailable' })
    for (const { sent, answer } of [...held, third]) {
      answer.catch(() => {})
      sent.destroy()
    }
  })

  test('a slow JSON body is a 408 as well', async () => {
    const { begin } = await listening({ uploads: { ...usualUploadLimits, bodyTimeoutMs: 200 } })
    const { answer, sent } = begin({ 'content-type': 'application/json', 'content-length': 50_000 })
    expect(await answer).toEqual({ status: 408, code: 'request.timeout' })
    sent.destroy()
  })
})
