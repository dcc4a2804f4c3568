import { DomainError } from '@ev/domain'
import express, { type Request, type RequestHandler } from 'express'
import { inTime } from './body-time.ts'
import { parseStrictJson } from './strict-json.ts'

const MAX_BODY = '100kb'
const EMPTY = Buffer.alloc(0)

/**
 * Reads a JSON body of at most 100 kB as bytes. A body of another media type is refused `request.unsupported_media_type` when the route
 * reads one (`expected` names what it takes), and ignored when it does not.
 */
export function bodyReader({ expected, timeoutMs }: { expected: string | null; timeoutMs: number }): RequestHandler {
  const read = inTime(express.raw({ limit: MAX_BODY, type: isJson }), timeoutMs)
  return (request, response, next) => {
    if (expected !== null && hasBody(request) && !isJson(request)) next(unsupported(expected))
    else read(request, response, next)
  }
}

/** Lets only requests without a body pass, where a form was expected. */
export function refuseOtherBodies(expected: string): RequestHandler {
  return (request, _response, next) => next(hasBody(request) ? unsupported(expected) : undefined)
}

function unsupported(expected: string): DomainError {
  return new DomainError('request.unsupported_media_type', { expected })
}

/** The bytes that `bodyReader` left; empty when there was no body. */
export function rawBody(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : EMPTY
}

/** The parsed body; an absent one reads as an empty object, so that every missing field is named. */
export function jsonBody(request: Request): unknown {
  const bytes = rawBody(request)
  return bytes.length === 0 ? {} : parseStrictJson(bytes)
}

function hasBody(request: { headers: NodeJS.Dict<string | string[]> }): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
}

function isJson(request: { headers: NodeJS.Dict<string | string[]> }): boolean {
  const type = String(request.headers['content-type'] ?? '')
  return /^application\/(json|[\w.-]+\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)
}
