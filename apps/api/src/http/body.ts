import { DomainError } from '@ev/domain'
import express, { type Request, type RequestHandler } from 'express'
import { parseStrictJson } from './strict-json.ts'

const MAX_BODY = '100kb'
const EMPTY = Buffer.alloc(0)

/**
 * Reads a JSON body of at most 100 kB as bytes. Bodies of another media type are refused `request.unsupported_media_type`
 * when the route reads a body, and ignored when it does not.
 */
export function bodyReader({ isRequired }: { isRequired: boolean }): RequestHandler {
  const read = express.raw({ limit: MAX_BODY, type: isJson })
  return (request, response, next) => {
    if (isRequired && hasBody(request) && !isJson(request)) next(new DomainError('request.unsupported_media_type'))
    else read(request, response, next)
  }
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
