import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Application } from 'express'
import { basePaths } from './mount-routes.ts'
import { type ApiFacts, openApiDocument } from './openapi.ts'
import { requestState } from './request-context.ts'
import type { Route } from './route.ts'

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

/** Mounts `/api/openapi.json` (also under `/api/v1`) and the interactive `/docs`, whose every file comes from this app. */
export function mountDocs<Deps>(app: Application, routes: readonly Route<Deps>[], facts: ApiFacts): void {
  // Written when it is first asked for: a process that nobody asks starts without it.
  let document: string | undefined
  app.get(
    basePaths.map((basePath) => `${basePath}/openapi.json`),
    (_, response) => {
      requestState(response).route = '/openapi.json'
      document ??= JSON.stringify(openApiDocument(routes, facts))
      response.set('Cache-Control', 'no-cache').type('application/json').send(document)
    },
  )

  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  app.get(['/docs', '/docs/'], (_, response) => {
    requestState(response).route = '/docs'
    response.set('Cache-Control', 'no-cache').type('html').send(page(facts.title))
  })
  app.get('/docs/start.js', (_, response) => {
    response.set('Cache-Control', 'no-cache').type('text/javascript').send(START)
  })
  for (const file of FILES) {
    app.get(`/docs/assets/${file}`, (_, response) => {
      requestState(response).route = '/docs'
      response.sendFile(file, { root: assets, maxAge: '1h' })
    })
  }
}

function page(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/assets/favicon-32x32.png">
</head>
<body>
<div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
}

const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  persistAuthorization: true,
  docExpansion: 'none',
  filter: true,
  validatorUrl: null,
})
`
