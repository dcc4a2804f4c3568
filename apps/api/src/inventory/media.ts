import { join } from 'node:path'
import express, { type Application } from 'express'
import { requestState } from '../http/request-context.ts'

/**
 * Serves the pictures of vehicles, the only files that anyone may see. Their names are made by the server and never used again for
 * other content, so they may be kept for a year. Everything else that is uploaded goes through a route with authorisation.
 */
export function mountVehiclePictures(app: Application, { mediaFolder }: { mediaFolder: string }): void {
  app.use('/media/vehicles', (_, response, next) => {
    requestState(response).route = '/media/vehicles'
    // A shop on another origin may show them.
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    next()
  })
  app.use(
    '/media/vehicles',
    express.static(join(mediaFolder, 'vehicles'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      dotfiles: 'ignore',
      redirect: false,
    }),
  )
}
