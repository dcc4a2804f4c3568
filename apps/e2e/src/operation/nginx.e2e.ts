import { routes } from '@ev/api'
import { expect, test } from 'vitest'
import { nginxMap, regexLocations, repositoryFile } from './infra-files.ts'

const limits = repositoryFile('infra/nginx/limits.conf')
const server = repositoryFile('infra/nginx/nginx.conf')

/** Every address under which a route answers. */
const addresses = routes.flatMap((route) =>
  ['/api/v1', '/api'].flatMap((base) => {
    const path = base + route.path.replaceAll(/\{\w+\}/g, '17')
    return [
      { route, path },
      { route, path: path.replace(/\/$/, '') },
    ]
  }),
)

test('nginx counts each address in the zone in which the api counts it', () => {
  const zoneOf = nginxMap(limits, 'zone')
  const differing = addresses.filter(({ route, path }) => zoneOf(path) !== (route.limit ?? 'other'))
  expect(differing.map(({ route, path }) => `${route.method} ${path}: ${zoneOf(path)}`)).toEqual([])
  expect(zoneOf('/docs')).toBe('none')
})

test('the zones allow per minute what the api allows', () => {
  const rates = Object.fromEntries(
    [...limits.matchAll(/zone=(\w+):\w+ rate=(\d+)r\/m/g)].map(([, zone, rate]) => [zone, Number(rate)]),
  )
  const bursts = Object.fromEntries(
    [...server.matchAll(/limit_req zone=(\w+) burst=(\d+) nodelay/g)].map(([, zone, burst]) => [
      zone,
      Number(burst) + 1,
    ]),
  )
  const inApi = repositoryFile('apps/api/src/http/rate-limit.ts')
  const { default: other, ...named } = Object.fromEntries(
    [...(/LIMITS[^{]*\{([^}]*)\}/.exec(inApi)?.[1] ?? '').matchAll(/(\w+): ([\d_]+)/g)].map(
      ([, zone = '', limit = '']) => [zone, Number(limit.replace('_', ''))],
    ),
  )
  expect({ ...named, other }).toEqual(rates)
  expect(rates).toEqual(bursts)
  expect(rates).toMatchObject({ otp: 5, booking: 10, other: 100 })
})

test('a request is repeated at another process only where the api knows it again', () => {
  const mayBeRepeated = nginxMap(limits, 'may_be_repeated')
  const repeated = (method: string, path: string, key: string) =>
    mayBeRepeated(`${method.toUpperCase()} ${path} ${key}`) === '1'
  const differing = addresses.filter(
    ({ route, path }) => repeated(route.method, path, 'a key') !== (route.idempotent === 'money'),
  )
  expect(differing.map(({ route, path }) => `${route.method} ${path}`)).toEqual([])
  expect(addresses.filter(({ route, path }) => repeated(route.method, path, ''))).toEqual([])
})

test('nginx lets a body of a form pass exactly where the api reads one', () => {
  const forms = regexLocations(server).filter(({ body }) => body.includes('client_max_body_size'))
  const takesForm = (path: string) => forms.some(({ pattern }) => pattern.test(path))
  const differing = addresses.filter(
    ({ route, path }) =>
      takesForm(path) !== addresses.some((other) => other.path === path && other.route.request.files !== undefined) &&
      route.method !== 'get',
  )
  expect(differing.map(({ route, path }) => `${route.method} ${path}`)).toEqual([])
  const largest = Math.max(
    ...routes.map(({ request: { files } }) =>
      Object.values(files ?? {}).reduce((sum, { maxBytes }) => sum + maxBytes, 0),
    ),
  )
  const allowed = Number(/client_max_body_size (\d+)m/.exec(forms[0]?.body ?? '')?.[1]) * 1024 * 1024
  expect(allowed).toBeGreaterThanOrEqual(largest + 100_000)
  expect(allowed).toBeLessThan(largest * 1.2)
})

test('streams are not held back, and what is for the inside is not given out', () => {
  const locations = regexLocations(server)
  const bodyFor = (path: string) => locations.find(({ pattern }) => pattern.test(path))?.body ?? ''
  for (const { route, path } of addresses.filter(({ route }) =>
    route.responses.some((response) => 'stream' in response),
  )) {
    expect(bodyFor(path), `${route.method} ${path}`).toContain('proxy_buffering off')
  }
  for (const path of ['/metrics', '/metrics/', '/health/ready', '/dev/mailbox'])
    expect(bodyFor(path)).toContain('return 404')
})
