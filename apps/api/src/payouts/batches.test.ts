import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

const bank = {
  bank_name: 'HDFC Bank',
  account_number: '050100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let otherAdmin: Caller
  const asked: string[] = []

  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
    otherAdmin = await api.aColleague('admin')
    const { bank: sandbox } = api.deps
    // What a worker asks the bank port for is written down.
    Object.assign(api.deps, {
      bank: {
        ...sandbox,
        transfer: (order: { reference: string }) => {
          asked.push(order.reference)
          return sandbox.transfer(order as never)
        },
      },
    })
  })
  afterEach(async () => {
    await api.expectSettledClean()
    expect(asked).toEqual([])
    // What is left pending must not slip into the next test's batch.
    const { body } = await api.get('/api/payout/?status=pending', admin)
    for (const { id } of body.results) {
      await api.post(`/api/payout/${id}/reject/`, otherAdmin, { reason: 'Left over' }).expect(200)
    }
  })

  const deposit = (user: number, amount: number, by = otherAdmin) =>
    api.post('/api/wallet/deposit/', by, { user, amount, reason: 'For the test' }).expect(201)
  const createBatch = (by: Caller, body: object = {}, key?: string) => api.post('/api/payout/batches/', by, body, key)
  const results = (id: number, body: object, by = admin) => api.post(`/api/payout/batches/${id}/results/`, by, body)
  const payoutOf = async (id: number) => (await api.get(`/api/payout/${id}/`, admin).expect(200)).body
  const fileOf = (id: number, by = admin) => api.get(`/api/payout/batches/${id}/file.csv`, by)

  async function aPayout(amount = 1_000, more: object = {}): Promise<{ id: number; member: Caller }> {
    const member = await api.aMember()
    await deposit(member.id, amount)
    return { id: await ask(member, amount, more), member }
  }
  const ask = async (by: Caller, requested_amount: number, more: object = {}): Promise<number> =>
    (await api.post('/api/payout/', by, { requested_amount, ...bank, ...more }).expect(201)).body.id

  async function aBatch(...ids: number[]): Promise<number> {
    return (await createBatch(admin, { payouts: ids }).expect(201)).body.id
  }

  test('approves all that is pending into one bank file, and settles it by the results', async () => {
    const first = await aPayout(1_000)
    const second = await aPayout(600_000, { account_holder_name: '=cmd()', account_number: '123456789' })
    const { body } = await createBatch(admin).expect(201)
    expect(body).toEqual({
      id: expect.any(Number),
      created_by: admin.id,
      payout_count: 2,
      total_amount: '590950.00',
      statuses: { processing: 2, completed: 0, failed: 0 },
      created_at: '2026-11-20T06:00:00.000Z',
      results_imported_at: null,
      skipped: [],
    })
    expect(await payoutOf(first.id)).toMatchObject({ status: 'processing', batch: body.id })
    await api.settle()
    expect(await payoutOf(first.id)).toMatchObject({ status: 'processing', bank_reference: null })
    const file = await fileOf(body.id).expect(200)
    expect(file.headers['content-disposition']).toBe(`attachment; filename=payout-batch-${body.id}.csv`)
    expect(file.text).toBe(
      [
        'reference,beneficiary_name,account_number,ifsc_code,bank_name,amount,mode',
        `payout-${first.id},Asha Rao,050100123456789,HDFC0001234,HDFC Bank,950.00,NEFT`,
        `payout-${second.id},'=cmd(),123456789,HDFC0001234,HDFC Bank,590000.00,RTGS`,
        '',
      ].join('\r\n'),
    )
    const csv = [
      '\ufeffStatus, Reference ,bank_reference,reason',
      `PROCESSED,payout-${first.id},N2026112000${first.id},`,
      `failed,payout-${second.id},,"The account is closed, it says"`,
    ].join('\r\n')
    const answer = await results(body.id, { csv }).expect(200)
    expect(answer.body).toMatchObject({
      settled: 2,
      unchanged: 0,
      refused: 0,
      batch: { statuses: { completed: 1, failed: 1 }, results_imported_at: '2026-11-20T06:00:00.000Z' },
      lines: [
        { line: 2, reference: `payout-${first.id}`, outcome: 'settled', message: 'Completed' },
        { line: 3, reference: `payout-${second.id}`, outcome: 'settled', message: 'Failed' },
      ],
    })
    expect(await payoutOf(first.id)).toMatchObject({ status: 'completed', bank_reference: `N2026112000${first.id}` })
    expect(await payoutOf(second.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'The account is closed, it says',
    })
    const wallet = (await api.get('/api/wallet/my_wallet/', second.member)).body
    expect(wallet).toMatchObject({ balance: '600000.00', held: '0.00' })
    expect((await fileOf(body.id).expect(409)).body.code).toBe('payout.batch_settled')
  })

  test('the same results once more, also at the same moment, change nothing', async () => {
    const payouts = await Promise.all(times(4, () => aPayout(100)))
    const id = await aBatch(...payouts.map((payout) => payout.id))
    const rows = payouts.map((payout) => ({
      reference: `payout-${payout.id}`,
      status: 'processed',
      bank_reference: `UTR-${payout.id}`,
    }))
    const answers = await Promise.all(times(5, (n) => results(id, { rows }, n % 2 ? admin : otherAdmin).expect(200)))
    expect(answers.reduce((sum, { body }) => sum + body.settled, 0)).toBe(4)
    expect(answers.reduce((sum, { body }) => sum + body.unchanged, 0)).toBe(16)
    const debits = await api.deps.db.read.journalEntry.count({
      where: {
        referenceType: 'payout',
        referenceId: { in: payouts.map((payout) => payout.id) },
        key: { endsWith: ':debit' },
      },
    })
    expect(debits).toBe(4)
  })

  test('bad lines are listed with what is wrong, and good ones are settled', async () => {
    const [mine, other] = [await aPayout(), await aPayout()]
    const id = await aBatch(mine.id)
    const otherBatch = await aBatch(other.id)
    await results(otherBatch, {
      rows: [{ reference: `payout-${other.id}`, status: 'processed', bank_reference: 'TAKEN-1' }],
    }).expect(200)
    const reference = `payout-${mine.id}`
    const rows = [
      { reference, status: 'perhaps' },
      { reference, status: 'processed' },
      { reference, status: 'processed', bank_reference: 'x'.repeat(101) },
      { reference: `payout-${other.id}`, status: 'processed', bank_reference: 'U-1' },
      { reference: 'payout-999999', status: 'processed', bank_reference: 'U-2' },
      { reference: `payout-0${mine.id}`, status: 'processed', bank_reference: 'U-3' },
      { reference: `${mine.id}`, status: 'processed', bank_reference: 'U-4' },
      { reference, status: 'processed', bank_reference: 'TAKEN-1' },
      { reference, status: 'processed', bank_reference: 'U-5' },
      { reference, status: 'processed', bank_reference: 'U-6' },
      { reference, status: 'failed', reason: 'Later' },
    ]
    const { body } = await results(id, { rows }).expect(200)
    expect(body.lines.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...times(8, () => 'refused'),
      'settled',
      'refused',
      'refused',
    ])
    const messages = body.lines.map(({ message }: { message: string }) => message)
    expect(messages[0]).toBe('The status must be processed or failed.')
    expect(messages[1]).toContain('bank_reference')
    expect(messages[3]).toBe('The reference is not that of a payout of this batch.')
    expect(messages[7]).toBe('Another payout has this bank reference.')
    expect(messages[9]).toBe('The payout is completed already, with another result.')
    expect(await payoutOf(mine.id)).toMatchObject({ status: 'completed', bank_reference: 'U-5' })
  })

  test.each([
    [{}, 'rows'],
    [{ rows: [], csv: '' }, 'rows'],
    [{ csv: '' }, 'csv'],
    [{ csv: 'a,b\n1,2' }, 'csv'],
    [{ csv: 'reference,status\n"x,processed' }, 'csv'],
    [{ csv: `reference,status\n${'payout-1,failed\n'.repeat(501)}` }, 'csv'],
  ])('refuses results like %j', async (body, field) => {
    const id = await aBatch((await aPayout()).id)
    const answer = await results(id, body).expect(400)
    expect(Object.keys(answer.body.errors)).toEqual([field])
  })

  test('skips what cannot be in it, the own payout first of all, and says so', async () => {
    const good = await aPayout()
    const cancelled = await aPayout()
    await api.post(`/api/payout/${cancelled.id}/cancel/`, cancelled.member).expect(200)
    await deposit(admin.id, 500)
    const own = await ask(admin, 500)
    const wanted = [own, good.id, cancelled.id, 999_999, good.id]
    const { body } = await createBatch(admin, { payouts: wanted }).expect(201)
    expect(body).toMatchObject({ payout_count: 1, total_amount: '950.00' })
    const skipped = new Map(body.skipped.map(({ payout, code }: { payout: number; code: string }) => [payout, code]))
    expect(skipped).toEqual(
      new Map<number, string>([
        [999_999, 'payout.not_found'],
        [own, 'payout.self_approval'],
        [cancelled.id, 'payout.transition_refused'],
      ]),
    )
    expect(await payoutOf(own)).toMatchObject({ status: 'pending', batch: null })
    expect((await createBatch(admin).expect(409)).body.code).toBe('payout.batch_empty')
    await createBatch(otherAdmin).expect(201)
    expect((await payoutOf(own)).status).toBe('processing')
  })

  test('is made once by many who try together, and once per key', async () => {
    const payouts = await Promise.all(times(3, () => aPayout(100)))
    const answers = await Promise.all(times(6, (n) => createBatch(n % 2 ? admin : otherAdmin)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(5, () => 409)])
    const approved = await api.deps.db.read.outboxMessage.findMany({ where: { name: 'payout.approved' } })
    for (const { id } of payouts) {
      expect(approved.filter(({ payload }) => (payload as { payoutId: number }).payoutId === id)).toHaveLength(1)
    }
    await aPayout(100)
    const first = await createBatch(admin, {}, 'batch').expect(201)
    const again = await createBatch(admin, {}, 'batch').expect(201)
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body])
  })

  test('is listed, shown and audited, for admins only', async () => {
    const { id: payout, member } = await aPayout()
    const id = await aBatch(payout)
    expect((await api.get(`/api/payout/batches/${id}/`, admin).expect(200)).body).toMatchObject({
      id,
      statuses: { processing: 1 },
      payouts: [{ id: payout, account_number: 'XXXXXX6789' }],
    })
    const { body } = await api.get('/api/payout/batches/?page_size=1', admin).expect(200)
    expect(body.results).toMatchObject([{ id, statuses: { processing: 1 } }])
    expect((await api.get('/api/payout/batches/?created_after=2026-11-21', admin)).body.count).toBe(0)
    expect((await api.get(`/api/payout/?batch=${id}`, admin)).body.count).toBe(1)
    await fileOf(id).expect(200)
    const actions = (await api.auditLines())
      .filter(({ subjectId }) => subjectId === String(id))
      .map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['payout.batch_created', 'payout.batch_file_downloaded']))
    for (const other of [member, await api.aColleague('staff')]) {
      await createBatch(other).expect(403)
      await api.get('/api/payout/batches/', other).expect(403)
      await api.get(`/api/payout/batches/${id}/`, other).expect(403)
      await fileOf(id, other).expect(403)
      await results(id, { rows: [] }, other).expect(403)
    }
    for (const path of ['', 'file.csv']) await api.get(`/api/payout/batches/999999/${path}`, admin).expect(404)
    await results(999_999, { rows: [{ reference: 'payout-1', status: 'failed' }] }).expect(404)
    const log = api.lines.join('')
    expect(log).not.toContain(bank.account_number)
    const audited = JSON.stringify(await api.auditLines())
    expect(audited).not.toContain(bank.account_number)
  })
})
