import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { eachDatabase } from '@ev/db/testing'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anApi } from '../testing/an-api.ts'
import { servedDocument } from './the-document.ts'

// Inside the package, so that the program finds its dependencies.
const folder = fileURLToPath(new URL('../../.test-results/client', import.meta.url))

/** What a client's author writes against types that were generated from the document. */
const program = `
import createClient from 'openapi-fetch'
import type { paths } from './api.ts'

export async function bookTheFirstVehicle(baseUrl: string, codeFor: (to: string) => string): Promise<string> {
  const client = createClient<paths>({ baseUrl })
  const identifier = 'client@example.com'
  await client.POST('/auth/send-otp/', { body: { identifier, otp_type: 'email' } })
  const { data: login } = await client.POST('/auth/verify-otp/', {
    body: { identifier, otp_type: 'email', otp_code: codeFor(identifier) },
  })
  if (!login) throw new Error('No log-in.')
  client.use({ onRequest: ({ request }) => void request.headers.set('Authorization', 'Bearer ' + login.tokens.access) })
  const { data: catalogue } = await client.GET('/inventory/vehicles/', { params: { query: { page_size: 1 } } })
  const vehicle = catalogue?.results[0]
  if (!vehicle) throw new Error('No vehicle.')
  const { data: booking, error } = await client.POST('/booking/bookings/', {
    params: { header: { 'Idempotency-Key': 'client-1' } },
    body: { vehicle_model: vehicle.id, booking_amount: '500.00', payment_option: 'full_payment', terms_accepted: true },
  })
  if (!booking) throw new Error(error.code)
  const { data: payment } = await client.POST('/booking/bookings/{id}/make_payment/', {
    params: { path: { id: booking.id } },
    body: { amount: '500.00', payment_method: 'online' },
  })
  return booking.booking_number + ' ' + payment?.status
}
`

const mistakes: Readonly<Record<string, [string, string]>> = {
  'an amount that is a flag': ["booking_amount: '500.00'", 'booking_amount: true'],
  'a field that the answer does not have': ['booking.booking_number', 'booking.bookingNumber'],
  'a path that is not there': ["'/inventory/vehicles/'", "'/inventory/cars/'"],
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const types = astToString(await openapiTS(servedDocument() as unknown as OpenAPI3))
  writeFileSync(join(folder, 'api.ts'), types)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function compile(source: string): string[] {
  const file = join(folder, 'program.ts')
  writeFileSync(file, source)
  const compiled = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  })
  return ts.getPreEmitDiagnostics(compiled).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

test('a client generated from the document compiles', () => {
  expect(compile(program)).toEqual([])
})

test.each(Object.entries(mistakes))('and does not with %s', (_, [right, wrong]) => {
  expect(program).toContain(right)
  expect(compile(program.replace(right, wrong))).not.toEqual([])
})

eachDatabase((name, makeDatabase) => {
  test('the client books and pays', async () => {
    const api = await anApi((await makeDatabase()).database)
    await api.aVehicle()
    const server = createServer(api.app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const file = join(folder, `run-${name}.ts`)
    writeFileSync(file, program)
    const { bookTheFirstVehicle } = await import(pathToFileURL(file).href)
    const { port } = server.address() as AddressInfo
    const said = await bookTheFirstVehicle(`http://127.0.0.1:${port}/api/v1`, api.codeFor)
    server.closeAllConnections()
    server.close()
    expect(said).toMatch(/^EV[A-Z0-9]{8} completed$/)
    await api.expectSettledClean()
  })
})
