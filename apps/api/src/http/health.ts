import type { Application, Request } from 'express'
import type { Metrics } from './metrics.ts'
import { requestState } from './request-context.ts'

/** A named thing beside the process, that `check` resolves for when it answers. Without an essential one the process cannot serve. */
export type HealthCheck = { readonly name: string; readonly isEssential: boolean; check(): Promise<unknown> }

type CheckResult = { status: 'ok' | 'failed'; duration_ms: number }

const CHECK_LIMIT_MS = 2_000

/**
 * Mounts `/health/live` (the process answers), `/health/ready` (everything essential answers: 200, otherwise 503, each with its state; 200 and `degraded` without something else) and `/metrics`, which
 * only this machine may read unless `metricsArePublic`.
 */
export function mountHealth(
  app: Application,
  {
    checks,
    metrics,
    metricsArePublic,
  }: { checks: readonly HealthCheck[]; metrics: Metrics; metricsArePublic: boolean },
): void {
  app.get('/health/live', (_, response) => {
    requestState(response).route = '/health/live'
    response.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  app.get('/health/ready', async (_, response) => {
    const state = requestState(response)
    state.route = '/health/ready'
    const results = await Promise.all(
      checks.map(async ({ name, isEssential, check }) => ({
        name,
        isEssential,
        ...(await run(check, (err) => state.log.error({ err, check: name }, 'Does not answer'))),
      })),
    )
    const failed = results.filter(({ status }) => status === 'failed')
    const isReady = failed.every(({ isEssential }) => !isEssential)
    response
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: failed.length === 0 ? 'ok' : isReady ? 'degraded' : 'failed',
        checks: Object.fromEntries(results.map(({ name, status, duration_ms }) => [name, { status, duration_ms }])),
      })
  })
  app.get('/metrics', async (request, response, next) => {
    requestState(response).route = '/metrics'
    if (!metricsArePublic && !isFromThisMachine(request)) return next()
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

async function run(check: () => Promise<unknown>, onFailure: (error: unknown) => void): Promise<CheckResult> {
  const startedAt = process.hrtime.bigint()
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${CHECK_LIMIT_MS} ms.`)), CHECK_LIMIT_MS)
  })
  const result = (status: CheckResult['status']) => ({
    status,
    duration_ms: Math.round(Number(process.hrtime.bigint() - startedAt) / 1e6),
  })
  try {
    await Promise.race([check(), limit])
    return result('ok')
  } catch (error) {
    onFailure(error)
    return result('failed')
  } finally {
    clearTimeout(timer)
  }
}

/** By the socket, not by what a header claims; a proxy on this machine gives itself away by its header. */
function isFromThisMachine(request: Request): boolean {
  const address = request.socket.remoteAddress ?? ''
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address)
  return isLoopback && request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined
}
