import { DomainError, rupees as rupeesOf } from '@ev/domain'
import { type Cache, createKeyedHash, createLogger, createMemoryCache, manualClock, systemIds } from '@ev/runtime'
import express from 'express'
import request from 'supertest'
import { z } from 'zod'
import type { Role } from '../actor.ts'
import type { ActiveSession } from '../authenticate.ts'
import { mountDocs } from '../docs.ts'
import { mountHealth } from '../health.ts'
import { fileField, megabyte, type UploadedFile } from '../index.ts'
import { createKernel, type KernelOptions, type SecurityEvent } from '../kernel.ts'
import { mountRoutes } from '../mount-routes.ts'
import { pageBounds, pageView, toPage } from '../pagination.ts'
import { download, reply, routeDefiner } from '../route.ts'
import {
  entityId,
  formatQuery,
  formFlag,
  formId,
  formInt,
  idNumber,
  instant,
  orderingQuery,
  pageQuery,
  rupees,
  signedRupees,
  textLine,
} from '../schemas.ts'
import { createTokens } from '../tokens.ts'
import { usualUploadLimits } from '../upload-slots.ts'

export type SmallDeps = { calls: unknown[]; slow: Promise<unknown> }

const defineRoute = routeDefiner<SmallDeps>()
const thing = z.object({
  id: idNumber,
  amount: rupees,
  change: signedRupees,
  made_at: instant,
  note: z.string().nullable(),
})
const madeAt = new Date('2026-04-01T06:30:00Z')
const aThing = { id: 1, amount: rupeesOf('5000'), change: rupeesOf('-0.5'), made_at: madeAt, note: null }

/** A handful of routes that together use every promise of the kernel. */
export const smallRoutes = [
  defineRoute({
    method: 'get',
    path: '/things/{id}/',
    summary: 'One thing',
    access: 'public',
    cacheControl: 'public, max-age=0, must-revalidate',
    request: { params: z.object({ id: entityId }) },
    response: { status: 200, body: thing },
    refusals: ['vehicle.not_found'],
    handle(_, { params }) {
      if (params.id === 404) throw new DomainError('vehicle.not_found')
      if (params.id === 500) throw new Error('the password of the database is hunter2')
      if (params.id === 501) return { ...aThing, id: -1 }
      if (params.id === 502) throw new DomainError('pair.not_found')
      const stored = { ...aThing, id: params.id, password_hash: 'leak', nested: { secret: 1 } }
      return stored
    },
  }),
  defineRoute({
    method: 'get',
    path: '/things/special/',
    summary: 'A fixed path beside a parameter',
    access: 'public',
    request: {},
    response: { status: 200, body: z.object({ special: z.boolean() }) },
    refusals: [],
    handle: () => ({ special: true }),
  }),
  defineRoute({
    method: 'get',
    path: '/things/',
    summary: 'A list',
    access: 'public',
    request: {
      query: pageQuery.extend({
        ordering: orderingQuery({ fields: ['created_at', 'amount'], initial: '-created_at' }),
      }),
    },
    response: { status: 200, body: pageView(z.object({ n: z.int(), by: z.string() })) },
    refusals: [],
    handle(_, { query, request: { url } }) {
      const { skip, take } = pageBounds(query)
      const by = `${query.ordering.field} ${query.ordering.direction}`
      const rows = Array.from({ length: 250 }, (_, n) => ({ n, by }))
      return toPage({ results: rows.slice(skip, skip + take), count: rows.length, ...query, url })
    },
  }),
  defineRoute({
    method: 'post',
    path: '/things/{id}/pay/',
    summary: 'A payment',
    access: 'member',
    idempotent: 'money',
    limit: 'booking',
    request: {
      params: z.object({ id: entityId }),
      body: z.object({
        amount: rupees,
        note: textLine(20).optional(),
        items: z.array(z.object({ n: z.int() })).optional(),
      }),
    },
    response: [
      { status: 201, body: thing, description: 'Paid.' },
      { status: 202, body: z.object({ queued: z.boolean() }), description: 'Paid later.' },
    ],
    refusals: ['payment.exceeds_remaining'],
    async handle(deps, context) {
      const { actor, params, body, idempotency } = context
      deps.calls.push({ userId: actor.userId, id: params.id, ...body, idempotency })
      if (params.id === 3) await deps.slow
      if (body.amount > rupeesOf('1000')) {
        throw new DomainError('payment.exceeds_remaining', { remaining: '1000.00' }, 'amount')
      }
      if (params.id === 2) return reply(202, { queued: true })
      if (idempotency && deps.calls.length > 1) context.setReplayed()
      return reply(201, { ...aThing, amount: body.amount })
    },
  }),
  defineRoute({
    method: 'post',
    path: '/things/{id}/paper/',
    summary: 'A form whose files may be left out',
    access: 'member',
    idempotent: 'money',
    request: {
      params: z.object({ id: entityId }),
      body: z.object({
        title: textLine(20),
        pages: formInt({ min: 1, max: 9 }).optional(),
        is_signed: formFlag.optional(),
        about: formId.optional(),
      }),
      files: {
        paper: fileField({ accept: ['application/pdf', 'image/png'], maxBytes: megabyte / 5 }),
        back: fileField({ accept: ['image/png'], maxBytes: 100_000 }),
      },
    },
    response: { status: 201, body: z.object({ title: z.string(), paper: z.string(), back: z.string() }) },
    refusals: [],
    async handle(deps, { body, files, idempotency }) {
      deps.calls.push({ ...body, files, idempotency })
      await deps.slow
      const type = (file: UploadedFile | null) => file?.contentType ?? 'none'
      return { title: body.title, paper: type(files.paper), back: type(files.back) }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/pictures/',
    summary: 'A form that needs its file',
    access: 'public',
    request: { files: { picture: fileField({ accept: ['image/png'], maxBytes: 100_000, isRequired: true }) } },
    response: { status: 201, body: z.object({ size: z.int() }) },
    refusals: [],
    handle: (_, { files }) => ({ size: files.picture.content.length }),
  }),
  defineRoute({
    method: 'post',
    path: '/otp/',
    summary: 'Counted as a code',
    access: 'public',
    limit: 'otp',
    request: {},
    response: { status: 204 },
    refusals: ['auth.otp_invalid', 'auth.otp_resend_too_soon'],
    handle(_, { request: { userAgent } }) {
      if (userAgent === 'wrong code') throw new DomainError('auth.otp_invalid', {}, 'otp_code')
      if (userAgent === 'impatient') throw new DomainError('auth.otp_resend_too_soon', { retryAfterSeconds: 30 })
      return undefined
    },
  }),
  defineRoute({
    method: 'get',
    path: '/staff/report.csv',
    summary: 'A download for staff',
    access: 'staff',
    request: {},
    response: { status: 200, file: 'text/csv' },
    refusals: [],
    handle: () => ({ content: 'a,b\n', filename: 'report.csv' }),
  }),
  defineRoute({
    method: 'get',
    path: '/reports/things/',
    summary: 'The same as JSON or as a file',
    access: 'public',
    request: { query: z.object({ format: formatQuery }) },
    response: { status: 200, body: z.object({ total: rupees }), file: 'text/csv' },
    refusals: [],
    handle: (_, { query }) =>
      query.format === 'csv'
        ? download({ content: 'total\n5000.00\n', filename: 'things.csv' })
        : { total: rupeesOf('5000') },
  }),
  defineRoute({
    method: 'delete',
    path: '/admin/things/{id}/',
    summary: 'For admins',
    access: 'admin',
    request: { params: z.object({ id: entityId }) },
    response: { status: 204 },
    refusals: [],
    handle: () => undefined,
  }),
]

/** The routes in an app, with a clock, a cache and sessions of their own. */
export function createSmallApi(overrides: Partial<KernelOptions> = {}) {
  const clock = manualClock(new Date('2026-04-01T06:30:00Z'))
  const lines: string[] = []
  const events: SecurityEvent[] = []
  const logger = createLogger({
    level: 'debug',
    pretty: false,
    destination: { write: (line) => void lines.push(line) },
  })
  const cache: Cache = overrides.cache ?? createMemoryCache({ clock })
  const keys = [{ id: 'k2', secret: 'the current secret of this little test api' }]
  const tokens = createTokens({ keys, clock, ids: systemIds })
  const sessions = new Map<number, ActiveSession>()
  const kernel = createKernel({
    logger,
    clock,
    ids: systemIds,
    cache,
    hash: createKeyedHash('a test hash key of thirty-two bytes'),
    tokens,
    sessions: { findActive: async (id) => sessions.get(id) ?? null },
    catalogueVersion: async () => 1,
    rateLimits: { isEnabled: false, factor: 1 },
    uploads: usualUploadLimits,
    trustedProxies: [],
    publicUrl: null,
    undeclaredRefusals: 'fault',
    measuresProcess: false,
    onSecurityEvent: (event) => events.push(event),
    ...overrides,
  })
  const deps: SmallDeps = { calls: [], slow: Promise.resolve() }
  const app = express()
  kernel.prepare(app)
  mountHealth(app, {
    checks: [{ name: 'cache', isEssential: true, check: () => cache.check() }],
    metrics: kernel.metrics,
    metricsArePublic: false,
  })
  mountRoutes(app, smallRoutes, deps, kernel)
  mountDocs(app, smallRoutes, { title: 'Small', version: '1', description: '' })
  kernel.finish(app)

  /** Logs someone in and answers the value of their `Authorization` header. */
  function login(role: Role = 'user', userId = 42): string {
    sessions.set(userId, { userId, role, isSuperuser: false, isActive: true })
    return `Bearer ${tokens.sign({ tokenType: 'access', userId, role, sessionId: userId }).token}`
  }
  return { app, http: request(app), kernel, clock, lines, events, cache, deps, keys, tokens, sessions, login }
}
