import { DomainError } from '@ev/domain'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { problemFor } from './problems.ts'
import { requestState } from './request-context.ts'

export const handleUnknownAddress: RequestHandler = (_request, _response, next) => {
  next(new DomainError('request.not_found'))
}

/** Turns everything thrown into an answer: refusals into their problem, faults into a fixed text and a loud line in the log. */
export const sendProblems: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  const state = requestState(response)
  const problem = problemFor(thrown, { instance: pathOf(request.originalUrl), requestId: state.id })
  if (problem.isFault) state.log.error({ err: thrown }, 'A request ended in a fault')
  else state.log.debug({ code: problem.body.code, errors: problem.body.errors }, 'A request was refused')
  // Half an answer is out already: only breaking the connection tells the client that it is not complete.
  if (response.headersSent) return next(thrown)
  for (const name of response.getHeaderNames()) if (name.startsWith('content-')) keepOnlyPolicy(name, response)
  response.status(problem.body.status).set({ ...problem.headers, 'Cache-Control': 'no-store' })
  response.type('application/problem+json').send(JSON.stringify(problem.body))
}

/** Headers of the answer that was under way do not belong to the problem; the security policy does. */
function keepOnlyPolicy(name: string, response: { removeHeader(name: string): void }): void {
  if (!name.startsWith('content-security-policy')) response.removeHeader(name)
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/'
}
