import { DomainError } from '@ev/domain'
import type { RequestHandler } from 'express'

/** Gives a reader of bodies `timeoutMs`; then the request is refused `request.timeout`, whatever the reader still does. */
export function inTime(read: RequestHandler, timeoutMs: number): RequestHandler {
  return (request, response, next) => {
    let isOver = false
    const finish = (error?: unknown) => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      if (error) next(error)
      else next()
    }
    const timer = setTimeout(() => {
      request.unpipe()
      finish(new DomainError('request.timeout'))
    }, timeoutMs)
    read(request, response, finish)
  }
}
