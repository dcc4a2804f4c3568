import { kycPlace, transferReference } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

const bank = {
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}
const pan = 'ABCPE1234F'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let asha: Caller
  let ravi: Caller

  /** Asha has approved papers and two payouts in the third quarter, Ravi none and one, and another one in the fourth. */
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
    asha = await api.aMember()
    ravi = await api.aMember()
    await api.deps.db.transaction(async (tx) => {
      await tx.user.update({ where: { id: asha.id }, data: { firstName: '=Asha', lastName: 'Rao' } })
      const papers = { status: 'approved', panLast4: pan.slice(-4), submittedAt: api.clock.now() } as const
      const place = kycPlace(asha.id, 'pan')
      const panEncrypted = api.deps.encryption.encrypt({ plaintext: pan, context: place })
      await tx.kyc.create({ data: { userId: asha.id, ...papers, panEncrypted, panHash: 'a'.repeat(64) } })
    })
    await paid(asha, 1_000)
    await paid(asha, 300_000)
    await paid(ravi, 333.33)
    api.clock.set(new Date('2026-12-31T18:30:00.000Z'))
    admin = await api.login(admin.email)
    asha = await api.login(asha.email)
    ravi = await api.login(ravi.email)
    await paid(ravi, 10)
  })
  afterEach(() => api.expectSettledClean())

  async function paid(member: Caller, amount: number): Promise<void> {
    const deposit = { user: member.id, amount, reason: 'For the test' }
    await api.post('/api/wallet/deposit/', admin, deposit).expect(201)
    const { body } = await api.post('/api/payout/', member, { requested_amount: amount, ...bank }).expect(201)
    await api.post(`/api/payout/${body.id}/process/`, admin).expect(202)
    await api.settle()
  }

  const exported = (quarter: string, by = admin, year = '2026-27') =>
    api.get(`/api/compliance/tds/export/?financial_year=${year}&quarter=${quarter}`, by)
  const recordsOf = async (by: Caller, query = '') =>
    (await api.get(`/api/compliance/tds/?${query}`, by).expect(200)).body.results
  const certificate = (id: number, by: Caller) => api.get(`/api/compliance/tds/${id}/certificate.pdf`, by)

  test('the quarter’s statement has one row for each payout, and its totals are those of the records', async () => {
    const { text, headers } = await exported('Q3').expect(200)
    expect(headers['content-disposition']).toBe('attachment; filename=tds-2026-27-Q3.csv')
    const [head, ...rows] = text.trimEnd().split('\r\n')
    expect(head).toBe(
      'serial,form,deductor_tan,financial_year,quarter,section,deductee_code,pan,name,amount_paid,payment_date,rate,tax_deducted,reference',
    )
    const [first] = await api.deps.db.read.payout.findMany({ orderBy: { id: 'asc' } })
    const reference = (n: number) => transferReference(first!.id + n)
    const front = '140,,2026-27,Q3,393(1) Table 1(ii),02'
    expect(rows).toEqual([
      `1,${front},${pan},'=Asha Rao,1000.00,20112026,5.0000,50.00,${reference(0)}`,
      `2,${front},${pan},'=Asha Rao,300000.00,20112026,3.3333,10000.00,${reference(1)}`,
      `3,${front},PANNOTAVBL,Asha Rao,333.33,20112026,5.0011,16.67,${reference(2)}`,
    ])
    const sum = (column: number) =>
      rows.reduce((total, row) => total + Math.round(Number(row.split(',')[column]) * 100), 0)
    const records = await recordsOf(admin, 'financial_year=2026-27')
    const ofQuarter = (field: string) =>
      records.reduce(
        (total: number, { quarters }: { quarters: { Q3: Record<string, string> } }) =>
          total + Math.round(Number(quarters.Q3[field]) * 100),
        0,
      )
    expect([sum(9), sum(12)]).toEqual([ofQuarter('total_payout'), ofQuarter('tds_deducted')])
    expect((await exported('Q4')).text.trimEnd().split('\r\n')).toHaveLength(2)
    expect((await exported('Q1')).text.trimEnd().split('\r\n')).toHaveLength(1)
  })

  test('the form and section are those of the year', async () => {
    await api.deps.db.transaction((tx) =>
      tx.setting.create({
        data: { key: 'company', value: { name: 'Volt', tan: 'PNEE00001A' }, updatedAt: api.clock.now() },
      }),
    )
    expect((await exported('Q3')).text).toContain('140,PNEE00001A,2026-27')
    expect((await exported('Q4', admin, '2025-26')).text.split('\r\n')[1]).toBe('')
  })

  test('is for admins, with a year and a quarter, and audited', async () => {
    for (const other of [asha, await api.aColleague('staff')]) await exported('Q3', other).expect(403)
    for (const [quarter, year] of [
      ['Q5', '2026-27'],
      ['', '2026-27'],
      ['Q1', '2026-28'],
      ['Q1', '2026'],
    ] as const) {
      await exported(quarter, admin, year).expect(400)
    }
    await exported('Q3').expect(200)
    const line = (await api.auditLines()).findLast(({ action }) => action === 'tds.exported')
    expect(line).toMatchObject({ actorId: admin.id, subjectId: '2026-27 Q3', details: { rows: 3 } })
    expect(JSON.stringify(await api.auditLines())).not.toContain(pan)
    expect(api.lines.join('')).not.toContain(pan)
  })

  test('a certificate has its number once and for ever', async () => {
    const [record] = await recordsOf(asha)
    expect(record.certificate_number).toBeNull()
    const answers = await Promise.all([
      certificate(record.id, asha),
      certificate(record.id, admin),
      certificate(record.id, asha),
    ])
    for (const { status, body } of answers) expect([status, body.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    const number = `TDS-2026-27-${String(record.id).padStart(6, '0')}`
    expect((await recordsOf(asha))[0].certificate_number).toBe(number)
    expect(answers[0].headers['content-disposition']).toBe(`attachment; filename=${number}.pdf`)
    expect((await api.auditLines()).filter(({ action }) => action === 'tds.certificate_issued')).toHaveLength(1)
  })

  test('someone else’s certificate is not there', async () => {
    const [record] = await recordsOf(asha)
    for (const other of [ravi, await api.aColleague('staff')]) {
      const { body } = await certificate(record.id, other).expect(404)
      const { body: unknown } = await certificate(999_999, other).expect(404)
      expect({ ...body, request_id: '', instance: '' }).toEqual({ ...unknown, request_id: '', instance: '' })
      expect(await recordsOf(other, `user=${asha.id}`)).toEqual([])
    }
    await certificate(record.id, admin).expect(200)
    await api.http.get(`/api/compliance/tds/${record.id}/certificate.pdf`).expect(401)
  })
})
