import type { Clock, Ids, Logger } from '@ev/runtime'
import type { RequestHandler, Response } from 'express'
import type { Actor } from './actor.ts'
import type { Upload } from './file-field.ts'
import type { Metrics } from './metrics.ts'

/** What the kernel knows about a request while it is answered. */
export type RequestState = {
  readonly id: string
  /** Carries the request's id and, once the caller is known, whose request it is. Most requests never use it, so it is made when it is. */
  readonly log: Logger
  /** The route's path template once one has matched; requests that match none are counted together. */
  route: string
  actor: Actor | null
  /** The trace that its work belongs to, from when that begins. */
  traceId: string | null
  /** The form with files that was read; null for any other body. */
  upload: Upload | null
}

const ACCEPTED_ID = /^[A-Za-z0-9._:-]{1,128}$/
const KEY = 'requestState'

export function requestState(response: Response): RequestState {
  const state: unknown = response.locals[KEY]
  if (!state) throw new Error('The request context was not installed before the routes.')
  return state as RequestState
}

/**
 * Gives each request an id (the client's `X-Request-Id` when it is safe to repeat), a logger that carries it, and one line in
 * the log and one observation in the metrics when it ends.
 */
export function requestContext(deps: { clock: Clock; ids: Ids; logger: Logger; metrics: Metrics }): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id')
    const id = given !== undefined && ACCEPTED_ID.test(given) ? given : deps.ids.uuid()
    const state = newState(id, deps.logger)
    response.locals[KEY] = state
    response.setHeader('X-Request-Id', id)

    const startedAt = process.hrtime.bigint()
    response.on('close', () => {
      const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9
      deps.metrics.observeRequest({ method: request.method, route: state.route, status: response.statusCode, seconds })
      const level = request.path.startsWith('/health/') || request.path === '/metrics' ? 'debug' : 'info'
      deps.logger[level](
        {
          request_id: id,
          method: request.method,
          path: request.originalUrl.slice(0, 500),
          route: state.route,
          status: response.statusCode,
          duration_ms: Math.round(seconds * 1e4) / 10,
          user_id: state.actor?.userId ?? null,
          ip: request.ip,
          ...(state.traceId === null ? {} : { trace_id: state.traceId }),
          ...(response.writableFinished ? {} : { aborted: true }),
        },
        'request',
      )
    })
    next()
  }
}

function newState(id: string, logger: Logger): RequestState {
  let made: { log: Logger; userId: number | undefined } | undefined
  return {
    id,
    route: 'unmatched',
    actor: null,
    traceId: null,
    upload: null,
    get log() {
      const userId = this.actor?.userId
      if (made === undefined || made.userId !== userId) {
        made = { log: logger.child({ request_id: id, ...(userId !== undefined && { user_id: userId }) }), userId }
      }
      return made.log
    },
  }
}
