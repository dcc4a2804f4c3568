import { describe, expect, test } from 'vitest'
import { createSmallApi } from './testing/small-api.ts'

function paying() {
  const api = createSmallApi()
  const authorization = api.login()
  return {
    api,
    send: (body: unknown) =>
      api.http
        .post('/api/things/1/pay/')
        .set('Authorization', authorization)
        .send(body as object),
    sendText: (text: string, type = 'application/json') =>
      api.http.post('/api/things/1/pay/').set('Authorization', authorization).set('Content-Type', type).send(text),
  }
}

describe('an amount', () => {
  test.each([
    [5, 5_00n],
    ['5', 5_00n],
    ['5.5', 5_50n],
    [0.07, 7n],
  ])('%j is taken', async (amount, paise) => {
    const { api, send } = paying()
    await send({ amount }).expect(201)
    expect(api.deps.calls[0]).toMatchObject({ amount: paise })
  })

  test.each([
    '-5',
    'NaN',
    'Infinity',
    '0.001',
    '9223372036854775808',
    '١٢٣',
    ' 5 ',
    '0x10',
    '1,000',
    '',
    true,
    null,
    [5],
    { gt: 0 },
    1e21,
    -1,
  ])('%j is refused by name', async (amount) => {
    const { api, send } = paying()
    const { body } = await send({ amount }).expect(400)
    expect(body).toMatchObject({ code: 'validation.failed', status: 400 })
    expect(Object.keys(body.errors)).toEqual(['amount'])
    expect(api.deps.calls).toEqual([])
  })

  test('1e309 in the text of the body is refused', async () => {
    expect((await paying().sendText('{"amount":1e309}')).status).toBe(400)
  })
})

describe('a body', () => {
  test('names every wrong field by its dotted path, in plain English', async () => {
    const { body } = await paying()
      .send({ note: 'x'.repeat(21), items: [{ n: 1 }, { n: 'two' }] })
      .expect(400)
    expect(body.errors).toEqual({
      amount: ['This field is required.'],
      note: ['Must have at most 20 characters.'],
      'items.1.n': ['Must be a number.'],
    })
  })

  test('unknown fields are ignored and never arrive', async () => {
    const { api, send } = paying()
    await send({ amount: 5, role: 'admin', status: 'completed', is_superuser: true }).expect(201)
    expect(Object.keys(Object(api.deps.calls[0])).sort()).toEqual(['amount', 'id', 'idempotency', 'userId'])
  })

  test.each([
    '{"amount":5,"__proto__":{"a":1}}',
    '{"amount":5,"items":[{"constructor":1}]}',
    '{"amount":5,"\\u005f_proto__":1}',
  ])('%s reaches for a prototype and is refused', async (text) => {
    expect((await paying().sendText(text)).body).toMatchObject({ status: 400, code: 'request.malformed' })
  })

  test.each([
    ['broken', '{"amount":'],
    ['with a name twice', '{"amount":5,"amount":6}'],
    ['a list', '[1]'],
    ['a scalar', '"x"'],
    ['very deep', `{"amount":5,"deep":${'['.repeat(40_000)}${']'.repeat(40_000)}}`],
    ['not closed and deep', '['.repeat(100_000)],
  ])('that is %s is a 400', async (_, text) => {
    const { body, status } = await paying().sendText(text)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).not.toMatch(/\bat |node_modules|SyntaxError/)
  })

  test('that is not UTF-8 is a 400', async () => {
    const { api } = paying()
    const answer = await api.http
      .post('/api/things/1/pay/')
      .set('Authorization', api.login())
      .set('Content-Type', 'application/json')
      .serialize((bytes) => bytes)
      .send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) as never)
    expect(answer.body.code).toBe('request.malformed')
  })

  test('of 10 MB is a 413', async () => {
    const { body } = await paying()
      .sendText(`{"amount":5,"note":"${'x'.repeat(10_000_000)}"}`)
      .expect(413)
    expect(body.code).toBe('request.too_large')
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json; charset=utf-16',
  ])('of type %s is a 415', async (type) => {
    expect((await paying().sendText('{"amount":5}', type)).body.code).toBe('request.unsupported_media_type')
  })

  test('that is absent reads as an empty object', async () => {
    const { api } = paying()
    const { body } = await api.http.post('/api/things/1/pay/').set('Authorization', api.login()).expect(400)
    expect(body.errors).toEqual({ amount: ['This field is required.'] })
  })
})

describe('an address', () => {
  test.each([
    '/api/nothing/',
    '/api/things/x/',
    '/api/things/0/',
    '/api/things/99999999999999999999/',
    '/api/things/1e3/',
    '/.git',
    '/api/v2/things/7/',
    '/docs/assets/swagger-ui-bundle.js.map',
  ])('%s is a 404 problem', async (path) => {
    const answer = await createSmallApi().http.get(path).expect(404)
    expect(answer.type).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ code: 'request.not_found', instance: path })
  })

  test('that cannot be decoded is a 400', async () => {
    expect((await createSmallApi().http.get('/api/things/%E0%A4%A/')).body.code).toBe('request.malformed')
  })

  test('answers a method that it does not have with 405 and those that it has', async () => {
    const { http } = createSmallApi()
    const answer = await http.put('/api/v1/things/7').expect(405)
    expect(answer.headers['allow']).toBe('GET, HEAD, OPTIONS')
    expect(answer.body.code).toBe('request.method_not_allowed')
    await http.delete('/api/things/special/').expect(405)
    await http.head('/api/things/7/').expect(200)
    expect((await http.options('/api/things/7/').expect(204)).headers['allow']).toBe('GET, HEAD, OPTIONS')
  })
})
