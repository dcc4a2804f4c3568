import { createRazorpayXBank, followTransfers } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { createLogger } from '@ev/runtime'
import { times } from '@ev/testing'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
import {
  bankEvent,
  type FakePayout,
  type FakeRazorpayX,
  fakeRazorpayX,
  razorpayXKeys,
  signatureOf,
} from './testing/fake-razorpayx.ts'

const account = {
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let fake: FakeRazorpayX
  let events = 0

  beforeAll(async () => {
    fake = await fakeRazorpayX()
    const log = createLogger({ level: 'silent', pretty: false })
    const bank = createRazorpayXBank({ ...razorpayXKeys, log, apiUrl: fake.apiUrl })
    api = await anApi((await makeDatabase()).database, {}, { bank })
    admin = await api.aColleague('admin')
  })
  afterEach(async () => {
    fake.reset()
    await api.expectSettledClean()
  })
  afterAll(() => fake.close())

  /** A payout of ₹1,000 that an admin has just approved; the bank has not been asked. */
  async function anApproved(amount = 1_000): Promise<{ id: number; member: Caller }> {
    const member = await api.aMember()
    const deposit = { user: member.id, amount, reason: 'For the test' }
    await api.post('/api/wallet/deposit/', admin, deposit).expect(201)
    const { id } = (await api.post('/api/payout/', member, { requested_amount: amount, ...account }).expect(201)).body
    await api.post(`/api/payout/${id}/process/`, admin).expect(202)
    return { id, member }
  }
  async function anUnderway(): Promise<{ id: number; member: Caller }> {
    const approved = await anApproved()
    await api.settle()
    return approved
  }
  const payoutOf = async (id: number) => (await api.get(`/api/payout/${id}/`, admin).expect(200)).body
  const walletOf = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body
  const paymentsAsked = () => fake.received.filter(({ method, path }) => method === 'POST' && path === '/v1/payouts')

  function send(payout: FakePayout, { signature, eventId }: { signature?: string; eventId?: string } = {}) {
    events += 1
    const body = bankEvent(payout)
    return api.http
      .post('/api/webhooks/payouts/razorpayx/')
      .set('content-type', 'application/json')
      .set('x-razorpay-event-id', eventId ?? `event-${events}`)
      .set('x-razorpay-signature', signature ?? signatureOf(body))
      .send(body)
  }

  test('asks for a contact, a fund account and a payout, in paise and under our reference', async () => {
    fake.behaviour.status = 'processed'
    const { id } = await anUnderway()
    const authorization = `Basic ${Buffer.from('rzp_test_x:the key’s secret').toString('base64')}`
    expect(fake.received).toMatchObject([
      { path: '/v1/contacts', authorization, body: { name: 'Asha Rao' } },
      {
        path: '/v1/fund_accounts',
        body: { contact_id: 'cont_1', bank_account: { ifsc: 'HDFC0001234', account_number: '50100123456789' } },
      },
      {
        path: '/v1/payouts',
        idempotency: `payout-${id}`,
        body: {
          account_number: razorpayXKeys.accountNumber,
          fund_account_id: 'fa_1',
          amount: 95_000,
          currency: 'INR',
          mode: 'NEFT',
          reference_id: `payout-${id}`,
        },
      },
    ])
    expect(await payoutOf(id)).toMatchObject({ status: 'completed', bank_reference: `UTRpayout-${id}` })
  })

  test('large amounts go by RTGS', async () => {
    const { id } = await anApproved(600_000)
    await api.settle()
    expect(paymentsAsked()[0]!.body).toMatchObject({ amount: 59_000_000, mode: 'RTGS' })
    fake.change(id, { status: 'processed', utr: `R${id}` })
    await followTransfers(api.deps)
  })

  test.each(['queued', 'pending', 'scheduled', 'processing'])(
    'a %s transfer is looked up until it is final',
    async (status) => {
      fake.behaviour.status = status
      const { id, member } = await anUnderway()
      expect(await payoutOf(id)).toMatchObject({ status: 'processing', bank_reference: null })
      await followTransfers(api.deps)
      expect((await payoutOf(id)).status).toBe('processing')
      expect(await walletOf(member)).toMatchObject({ balance: '1000.00', held: '1000.00' })
      fake.change(id, { status: 'processed', utr: `N${id}` })
      await Promise.all(times(3, () => followTransfers(api.deps)))
      expect(await payoutOf(id)).toMatchObject({ status: 'completed', bank_reference: `N${id}` })
      expect(await walletOf(member)).toMatchObject({ balance: '0.00', held: '0.00' })
      expect(paymentsAsked()).toHaveLength(1)
    },
  )

  test.each(['reversed', 'failed', 'cancelled', 'rejected'])('a %s transfer gives the hold back', async (status) => {
    const { id, member } = await anUnderway()
    fake.change(id, { status, failure_reason: 'The account is closed' })
    await followTransfers(api.deps)
    expect(await payoutOf(id)).toMatchObject({ status: 'failed', failure_reason: 'The account is closed' })
    expect(await walletOf(member)).toMatchObject({ balance: '1000.00', held: '0.00' })
  })

  test('a lost answer, a busy bank and refused keys are asked again, and one transfer is made', async () => {
    const { id } = await anApproved()
    const path = 'POST /v1/payouts'
    for (const broken of [
      'lost',
      { status: 503, body: {} },
      { status: 401, body: {} },
      { status: 429, body: {} },
    ] as const) {
      fake.behaviour.broken.set(path, broken)
      await expect(api.settle()).rejects.toThrow()
      expect(await payoutOf(id)).toMatchObject({ status: 'processing', bank_reference: null })
    }
    fake.behaviour.broken.clear()
    fake.behaviour.status = 'processed'
    fake.change(id, { status: 'processed', utr: `U${id}` })
    await api.settle()
    expect(await payoutOf(id)).toMatchObject({ status: 'completed', bank_reference: `U${id}` })
    expect([...fake.payouts.keys()].filter((key) => key === `payout-${id}`)).toHaveLength(1)
  })

  test('a refusal is final only when no earlier attempt has made the transfer', async () => {
    const description = 'The IFSC is not known'
    const refusal = { status: 400, body: { error: { description } } }
    const refused = await anApproved()
    fake.behaviour.broken.set('POST /v1/fund_accounts', refusal)
    await api.settle()
    expect(await payoutOf(refused.id)).toMatchObject({ status: 'failed', failure_reason: description })
    fake.behaviour.broken.clear()
    const made = await anApproved()
    fake.behaviour.broken.set('POST /v1/payouts', 'lost')
    await expect(api.settle()).rejects.toThrow()
    fake.behaviour.broken.set('POST /v1/payouts', refusal)
    await api.settle()
    expect((await payoutOf(made.id)).status).toBe('processing')
    fake.change(made.id, { status: 'processed', utr: `V${made.id}` })
    await followTransfers(api.deps)
    expect((await payoutOf(made.id)).status).toBe('completed')
  })

  test('an event settles a transfer once, however often and in whatever order it comes', async () => {
    const { id } = await anUnderway()
    const processed = { ...fake.change(id, { status: 'processed', utr: `W${id}` }) }
    const answers = await Promise.all(
      times(6, (n) => send(processed, { eventId: n < 4 ? `one-${id}` : `other-${id}` })),
    )
    expect(answers.map(({ status }) => status)).toEqual(times(6, () => 200))
    const outcomes = answers.map(({ body }) => body.status).sort()
    expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(4)
    expect((await send({ ...processed, status: 'processing', utr: null }).expect(200)).body.status).toBe('noted')
    expect(await payoutOf(id)).toMatchObject({ status: 'completed', bank_reference: `W${id}` })
  })

  test('an event that is not signed, of another amount or currency, or of nothing of ours changes nothing', async () => {
    const { id } = await anUnderway()
    const processed = { ...fake.change(id, {}), status: 'processed', utr: `X${id}` }
    for (const signature of ['', 'ab', signatureOf(bankEvent(processed), 'a guess'), signatureOf('{}')]) {
      expect((await send(processed, { signature }).expect(400)).body.code).toBe('payout.event_refused')
    }
    expect((await send({ ...processed, amount: 95_001 }).expect(200)).body.status).toBe('differs')
    expect((await send({ ...processed, currency: 'USD' }).expect(200)).body.status).toBe('differs')
    expect((await send({ ...processed, id: 'pout_other' }).expect(200)).body.status).toBe('differs')
    expect((await send({ ...processed, reference_id: 'payout-999999' }).expect(200)).body.status).toBe('unknown')
    expect((await send({ ...processed, reference_id: 'order-1' }).expect(200)).body.status).toBe('unknown')
    expect((await payoutOf(id)).status).toBe('processing')
    expect((await send(processed).expect(200)).body.status).toBe('settled')
    await api.http.post('/api/webhooks/payouts/other/').send({}).expect(404)
  })

  test('money that comes back after completion moves nothing by itself and stands in the audit log', async () => {
    const { id, member } = await anUnderway()
    await send(fake.change(id, { status: 'processed', utr: `Y${id}` })).expect(200)
    const { body } = await send(fake.change(id, { status: 'reversed' })).expect(200)
    expect(body.status).toBe('reversed_after_completion')
    expect(await payoutOf(id)).toMatchObject({ status: 'completed' })
    expect(await walletOf(member)).toMatchObject({ balance: '0.00' })
    const line = (await api.auditLines()).findLast(({ action }) => action === 'payout.reversed_after_completion')
    expect(line).toMatchObject({ subjectId: String(id), details: { amount: '950.00', transfer: `pout_payout-${id}` } })
    expect(api.lines.some((entry) => entry.includes('reversed_after_completion'))).toBe(true)
  })

  test('a payout of a batch is not the bank’s to settle', async () => {
    const member = await api.aMember()
    await api.post('/api/wallet/deposit/', admin, { user: member.id, amount: 100, reason: 'For the test' }).expect(201)
    const { id } = (await api.post('/api/payout/', member, { requested_amount: 100, ...account }).expect(201)).body
    await api.post('/api/payout/batches/', admin, { payouts: [id] }).expect(201)
    await api.settle()
    await followTransfers(api.deps)
    expect(fake.received).toEqual([])
    const event = { id: 'pout_1', reference_id: `payout-${id}`, amount: 9_500, currency: 'INR', utr: 'Z1' }
    const answer = await send({ ...event, status: 'processed', failure_reason: null }).expect(200)
    expect(answer.body.status).toBe('unknown')
    expect((await payoutOf(id)).status).toBe('processing')
  })
})
