import express from 'express'
import { describe, expect, test } from 'vitest'
import { mountRoutes } from './mount-routes.ts'
import { createSmallApi, smallRoutes } from './testing/small-api.ts'

describe('the description of the API', () => {
  test('has every route with its tag, security, answers and problems', async () => {
    const { body } = await createSmallApi().http.get('/api/openapi.json').expect(200)
    expect(body.openapi).toBe('3.1.0')
    const described = Object.entries<Record<string, unknown>>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(described.sort()).toEqual(smallRoutes.map(({ method, path }) => `${method} ${path}`).sort())

    const pay = body.paths['/things/{id}/pay/'].post
    expect(pay).toMatchObject({ tags: ['things'], security: [{ accessToken: [] }], operationId: 'post_things_id_pay' })
    expect(Object.keys(pay.responses).sort()).toEqual([
      '201',
      '202',
      '400',
      '401',
      '404',
      '408',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ])
    expect(pay.responses['400'].description).toContain('payment.exceeds_remaining')
    expect(pay.parameters.map(({ name }: { name: string }) => name).sort()).toEqual(['Idempotency-Key', 'id'])
    expect(body.paths['/things/{id}/'].get.security).toEqual([])
  })

  test('shows wire forms: money as a decimal string, ids as integers', async () => {
    const { body } = await createSmallApi().http.get('/api/v1/openapi.json').expect(200)
    const { post } = body.paths['/things/{id}/pay/']
    const asked = post.requestBody.content['application/json'].schema
    const answered = post.responses['201'].content['application/json'].schema
    for (const schema of [asked, answered])
      expect(schema.properties.amount).toMatchObject({ type: 'string', examples: ['5000.00', '0.50'] })
    expect(answered.properties.amount).not.toHaveProperty('format')
    expect(answered.properties.made_at).toMatchObject({ type: 'string', format: 'date-time' })
    expect(body.paths['/things/{id}/'].get.parameters[0].schema).toMatchObject({ type: 'integer', minimum: 1 })
    expect(asked.required).toEqual(['amount'])
  })

  test('shows both media types of an answer that is JSON or a file', async () => {
    const { body } = await createSmallApi().http.get('/api/openapi.json').expect(200)
    const { content } = body.paths['/reports/things/'].get.responses['200']
    expect(Object.keys(content)).toEqual(['application/json', 'text/csv'])
    expect(content['text/csv'].schema).toEqual({ type: 'string' })
  })
})

test('a form is described with its files, beside JSON unless a file is required', async () => {
  const { body } = await createSmallApi().http.get('/api/openapi.json').expect(200)
  const paper = body.paths['/things/{id}/paper/'].post.requestBody.content
  expect(Object.keys(paper)).toEqual(['application/json', 'multipart/form-data'])
  expect(paper['multipart/form-data'].schema.properties).toMatchObject({
    title: { type: 'string' },
    pages: { type: 'integer', minimum: 1, maximum: 9 },
    is_signed: { type: 'boolean' },
    paper: { type: 'string', format: 'binary' },
  })
  expect(paper['multipart/form-data'].schema.required).toEqual(['title'])
  expect(paper['multipart/form-data'].encoding.paper).toEqual({ contentType: 'application/pdf, image/png' })
  expect(paper['application/json'].schema.properties).not.toHaveProperty('paper')

  const picture = body.paths['/pictures/'].post
  expect(Object.keys(picture.requestBody.content)).toEqual(['multipart/form-data'])
  expect(picture.requestBody.content['multipart/form-data'].schema.required).toEqual(['picture'])
  expect(Object.keys(picture.responses)).toEqual(expect.arrayContaining(['400', '408', '413', '415', '503']))
})

describe('/docs', () => {
  test('is served whole from this app, without inline scripts', async () => {
    const { http } = createSmallApi()
    const { text, headers } = await http.get('/docs').expect(200)
    expect(headers['content-type']).toContain('text/html')
    expect(text).not.toMatch(/https?:\/\//)
    expect(text).not.toMatch(/<script>|onload=/)
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '')
    expect(files.length).toBeGreaterThanOrEqual(4)
    for (const file of files) await http.get(file).expect(200)
  })
})

test('two routes at one address are refused when they are mounted', () => {
  const { kernel, deps } = createSmallApi()
  const [first] = smallRoutes
  if (!first) throw new Error('There are no routes.')
  const again = { ...first, path: '/things/{other}/' as const }
  expect(() => mountRoutes(express(), [first, again], deps, kernel)).toThrow(/Two routes/)
})
