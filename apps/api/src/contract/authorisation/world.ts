import { deliveryStore } from '@ev/db'
import { anApi, bookingOf, type Caller, type TestApi } from '../../testing/an-api.ts'
import { nomineeOf, papersOf, pdf, png } from '../../testing/papers.ts'

/** The kinds of callers that the table tells apart. The member owns everything that an id stands for. */
export const callers = ['anonymous', 'member', 'other member', 'staff', 'admin', 'superuser'] as const
export type CallerKind = (typeof callers)[number]

export type World = {
  readonly api: TestApi
  readonly authorizations: Readonly<Record<CallerKind, string | null>>
  readonly ids: Readonly<Record<CallerKind, number | null>>
  /** What the parameter of a path stands for, by the path up to it, or by the whole path where a route needs another. */
  readonly objects: Readonly<Record<string, string | number>>
  /** Bodies for routes whose example means things that this world does not have. */
  readonly bodies: Readonly<Record<string, object>>
}

const bank = {
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}

/** A member with one of everything, and others who have nothing of it. */
export async function aWorld(api: TestApi): Promise<World> {
  const admin = await api.aColleague('admin')
  const superuser = await api.aSuperuser()
  const staff = await api.aColleague('staff')
  const member = await api.aMember()
  const other = await api.aMember()
  const vehicle = await api.aVehicle()
  const send = async (method: 'post' | 'get', path: string, by: Caller, body: object = {}) => {
    const sent = method === 'get' ? api.get(path, by) : api.post(path, by, body)
    const answer = await sent
    if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const sendForm = async (path: string, fields: object, file: string, { by = member, content = pdf() } = {}) => {
    const form = api.http.post(path).set('Authorization', by.authorization).attach(file, content, 'scan')
    for (const [name, value] of Object.entries(fields)) form.field(name, String(value))
    return (await form.expect(201)).body
  }
  const first = async (path: string, by: Caller): Promise<number> => {
    const { results } = await send('get', path, by)
    if (!results?.[0]) throw new Error(`${path} is empty.`)
    return results[0].id
  }

  // Two referrals who pay make a pair, bonuses, notices and a team.
  for (const name of ['first', 'second']) {
    const referral = await api.login(`${name}.referral@example.com`, { referralCode: member.referralCode })
    const booking = await send('post', '/api/booking/bookings/', referral, bookingOf(vehicle))
    const payment = { amount: '50000.00', payment_method: 'online' }
    await send('post', `/api/booking/bookings/${booking.id}/make_payment/`, referral, payment)
  }
  await api.settle()
  const booking = await send(
    'post',
    '/api/booking/bookings/',
    member,
    bookingOf(vehicle, { payment_option: 'emi_options', emi_duration_months: 12 }),
  )
  const pay = (payment_method: string) =>
    send('post', `/api/booking/bookings/${booking.id}/make_payment/`, member, { amount: '600.00', payment_method })
  const counted = await pay('online')
  const order = await send('post', `/api/booking/bookings/${booking.id}/payment-order/`, member, { amount: '600.00' })
  const reported = await pay('cash')
  const paid = await send('post', '/api/payout/', member, { requested_amount: '1000.00', ...bank })
  await send('post', `/api/payout/${paid.id}/process/`, admin)
  await api.settle()
  const inBatch = await send('post', '/api/payout/', member, { requested_amount: '500.00', ...bank })
  const batch = await send('post', '/api/payout/batches/', admin)
  const payout = await send('post', '/api/payout/', member, { requested_amount: '1000.00', ...bank })
  const kyc = await sendForm('/api/users/kyc/', papersOf(1), 'pan_document')
  const nominee = await sendForm('/api/users/nominee/', nomineeOf(1), 'id_proof_document')
  const document = await sendForm('/api/compliance/documents/', { document_type: 'gst', title: 'GST' }, 'file')
  const image = await sendForm('/api/inventory/vehicle-images/', { vehicle: vehicle.id }, 'image', {
    by: staff,
    content: png,
  })
  await park(api)
  const parked = (await send('get', '/api/admin/parked/', admin)).results[0]
  const node = await send('get', '/api/binary/nodes/my_tree/', member)

  return {
    api,
    authorizations: {
      anonymous: null,
      member: member.authorization,
      'other member': other.authorization,
      staff: staff.authorization,
      admin: admin.authorization,
      superuser: superuser.authorization,
    },
    ids: {
      anonymous: null,
      member: member.id,
      'other member': other.id,
      staff: staff.id,
      admin: admin.id,
      superuser: superuser.id,
    },
    objects: {
      '/auth/sessions/{id}': await first('/api/auth/sessions/', member),
      '/users/{id}': member.id,
      '/users/kyc/{id}': kyc.id,
      '/users/kyc/{id}/files/{name}': 'pan_document',
      '/users/nominee/{id}': nominee.id,
      '/compliance/documents/{id}': document.id,
      '/compliance/tds/{id}': await first('/api/compliance/tds/', member),
      '/inventory/vehicles/{id}': vehicle.id,
      '/inventory/vehicle-images/{id}': image.id,
      '/booking/bookings/{id}': booking.id,
      '/booking/payments/{id}': reported.id,
      '/booking/payments/{id}/refund/': counted.id,
      '/booking/payments/{id}/refund_preview/': counted.id,
      '/wallet/transactions/{id}': await first('/api/wallet/transactions/', member),
      '/binary/nodes/{id}': node.id,
      '/binary/members/{id}': member.id,
      '/binary/pairs/{id}': await first('/api/binary/pairs/', member),
      '/payout/{id}': payout.id,
      '/payout/batches/{id}': batch.id,
      '/webhooks/payments/{provider}': 'sandbox',
      '/webhooks/payouts/{provider}': 'razorpayx',
      '/admin/plans/{version}': 1,
      '/admin/parked/{handler}': parked.handler,
      '/admin/parked/{handler}/{id}': parked.id,
      '/notifications/{id}': await first('/api/notifications/', member),
    },
    bodies: {
      'post /booking/bookings/': bookingOf(vehicle),
      'post /users/nominee/': nomineeOf(2),
      'post /booking/payments/verify/': order.sandbox_checkout,
      'post /booking/payments/{id}/refund/': { amount: '100.00', reason: 'Goodwill' },
      'post /payout/batches/': { payouts: [payout.id] },
      'post /payout/batches/{id}/results/': {
        rows: [{ reference: `payout-${inBatch.id}`, status: 'processed', bank_reference: 'HDFC0000000001' }],
      },
    },
  }
}

/** A message that was put aside after its last attempt. */
async function park({ deps: { db, clock, ids } }: TestApi): Promise<void> {
  const store = deliveryStore(db)
  const [handler, id, now] = ['pairs.credit', ids.uuid(), clock.now()]
  const envelope = { id, name: 'pair.matched', payload: { pairId: 1 }, occurredAt: now.toISOString() }
  await store.insert([{ messageId: id, handler, envelope, availableAt: now }])
  for (const claimed of await store.claim(handler, 10, { leaseMs: 1_000, now, exclusive: false })) {
    await store.park(claimed.id, 'The wallet is locked.')
  }
}

/** The world's API on another database that holds the same rows. Its files are the same too, and nothing takes one away. */
export async function sameWorldOn(world: World, database: Parameters<typeof anApi>[0]): Promise<World> {
  const files = { ...world.api.deps.files, delete: async () => {} }
  return { ...world, api: await anApi(database, {}, { files }) }
}
