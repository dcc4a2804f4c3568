import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type Application, type RequestHandler } from 'express'
import { requestState } from '../http/request-context.ts'

/** Where the build of apps/admin puts the console's files. */
const builtConsole = fileURLToPath(new URL('../../../admin/dist', import.meta.url))

/**
 * What the console's pages may load and do: this server's own files and answers. No script and no style stands inline, pictures and papers are
 * shown from what the page itself has fetched (`blob:`), and nothing is asked of any other host.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "base-uri 'none'",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  'frame-src blob:',
  "img-src 'self' blob:",
  "object-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
]

/**
 * Serves the console at `/admin/`. Files under `assets/` carry a hash of their content in their name and are kept for a year; every other address
 * below it is a screen, which the page itself finds. `folder` holds the built files.
 */
export function mountConsole(
  app: Application,
  { isHttps, folder = builtConsole }: { isHttps: boolean; folder?: string },
): void {
  const policy = [...contentSecurityPolicy, ...(isHttps ? ['upgrade-insecure-requests'] : [])].join('; ')
  app.use('/admin', (request, response, next) => {
    requestState(response).route = '/admin'
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()')
    if (request.originalUrl === '/admin') response.redirect(308, '/admin/')
    else next()
  })
  const files = { index: false, redirect: false, dotfiles: 'ignore' } as const
  app.use('/admin/assets', express.static(`${folder}/assets`, { ...files, immutable: true, maxAge: '1y' }))
  // A file that an older page asks for is gone; the page must not be given in its place.
  app.use('/admin/assets', (_request, _response, next) => next('router'))
  app.use('/admin', express.static(folder, { ...files, maxAge: '1h' }), sendPage(folder))
}

function sendPage(folder: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    response.setHeader('Cache-Control', 'no-cache')
    if (existsSync(`${folder}/index.html`))
      return response.sendFile('index.html', { root: folder, cacheControl: false })
    response
      .status(503)
      .type('text')
      .send('The console has not been built. `npm start` builds it, as does `node apps/admin/scripts/build.mjs`.\n')
  }
}
