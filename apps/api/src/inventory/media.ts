import { join } from 'node:path'
import type { FileStore } from '@ev/runtime'
import express, { type Application, type RequestHandler } from 'express'
import { requestState } from '../http/request-context.ts'

const yearSeconds = 31_536_000

/**
 * Serves the pictures of vehicles, the only files that anyone may see. Their names are made by the server and never used again for
 * other content, so they may be kept for a year. Everything else that is uploaded goes through a route with authorisation.
 */
export function mountVehiclePictures(
  app: Application,
  { files, mediaFolder }: { files: FileStore; mediaFolder: string | null },
): void {
  app.use('/media/vehicles', (_, response, next) => {
    requestState(response).route = '/media/vehicles'
    // A shop on another origin may show them.
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    next()
  })
  app.use('/media/vehicles', mediaFolder === null ? fromStore(files) : fromFolder(join(mediaFolder, 'vehicles')))
}

function fromFolder(folder: string): RequestHandler {
  return express.static(folder, { immutable: true, maxAge: '1y', index: false, dotfiles: 'ignore', redirect: false })
}

function fromStore(files: FileStore): RequestHandler {
  return async (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const file = isRead ? await files.get(`vehicles${request.path}`) : null
    if (!file) return next()
    response.setHeader('Cache-Control', `public, max-age=${yearSeconds}, immutable`)
    response.type(file.contentType).send(file.content)
  }
}
