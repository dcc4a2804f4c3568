import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import supertest from 'supertest'
import { afterAll, expect, test } from 'vitest'
import { mountConsole } from './mount-console.ts'

const folder = mkdtempSync(join(tmpdir(), 'ev-console-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>EV console</title>')
writeFileSync(join(folder, 'assets/index-abc123.js'), 'export {}')
writeFileSync(join(folder, '.built-from'), 'secret of the build')
afterAll(() => rmSync(folder, { recursive: true }))

function consoleAt(place: string, isHttps = false) {
  const app = express()
  app.use((_request, response, next) => {
    response.locals['requestState'] = {}
    next()
  })
  mountConsole(app, { isHttps, folder: place })
  return supertest(app)
}

test.each(['/admin/', '/admin/kyc/7/show', '/admin/payouts'])(
  '%s is the page, asked for anew each time',
  async (address) => {
    const { text, headers } = await consoleAt(folder).get(address).expect(200)
    expect(text).toContain('EV console')
    expect(headers['cache-control']).toBe('no-cache')
    expect(headers['etag']).toBeTruthy()
  },
)

test('files with a hash in their name are kept; one that is gone is not answered with the page', async () => {
  const { headers } = await consoleAt(folder).get('/admin/assets/index-abc123.js').expect(200)
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  await consoleAt(folder).get('/admin/assets/index-gone.js').expect(404)
})

test('nothing inline and no other host is allowed to the page', async () => {
  const { headers } = await consoleAt(folder, true).get('/admin/').expect(200)
  const policy = String(headers['content-security-policy'])
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:/)
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain('upgrade-insecure-requests')
})

test('the address without a slash leads to the page, and hidden files to nothing of theirs', async () => {
  await consoleAt(folder).get('/admin').expect(308).expect('Location', '/admin/')
  const { text } = await consoleAt(folder).get('/admin/.built-from')
  expect(text).not.toContain('secret')
})

test('before it is built, the page says how to build it', async () => {
  const { text } = await consoleAt(join(folder, 'nowhere')).get('/admin/').expect(503)
  expect(text).toContain('npm start')
})
