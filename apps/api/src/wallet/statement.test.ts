import { eachDatabase } from '@ev/db/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

const dayMs = 86_400_000

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
  })
  afterEach(() => api.expectSettledClean())

  const give = (member: Caller, amount: number, reason = 'Money') =>
    api.post('/api/wallet/deposit/', admin, { user: member.id, amount, reason }).expect(201)
  const statement = (by: Caller, query: string) => api.get(`/api/wallet/statement.csv?${query}`, by)
  const linesOf = ({ text }: { text: string }) => text.trimEnd().split('\r\n')

  test('a reason that looks like a formula is a text in the CSV', async () => {
    const member = await api.aMember()
    await give(member, 1, '=HYPERLINK("http://x","y")')
    const { text } = await statement(member, '').expect(200)
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
  })

  test('is a PDF too', async () => {
    const member = await api.aMember()
    await give(member, 100)
    const pdf = await api.get('/api/wallet/statement.pdf', member).expect(200)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-')
    await api.http.get('/api/wallet/statement.pdf').expect(401)
  })

  test('is nobody else’s to read but an admin’s', async () => {
    const member = await api.aMember()
    await give(member, 100)
    for (const other of [await api.aMember(), await api.aColleague('staff')]) {
      for (const type of ['pdf', 'csv']) {
        const { body } = await api.get(`/api/wallet/statement.${type}?user=${member.id}`, other).expect(404)
        const unknown = await api.get(`/api/wallet/statement.${type}?user=999999`, other).expect(404)
        expect({ ...body, request_id: '', instance: '' }).toEqual({ ...unknown.body, request_id: '', instance: '' })
      }
    }
    await statement(member, `user=${member.id}`).expect(200)
    expect(linesOf(await statement(admin, `user=${member.id}`))).toHaveLength(4)
    expect(linesOf(await statement(admin, ''))).toHaveLength(3)
    await statement(admin, 'user=999999').expect(404)
  })

  test.each([
    ['from=2026-11-02&to=2026-11-01', 'from'],
    ['from=2025-11-20&to=2026-11-20', 'from'],
    ['from=0001-01-01&to=9999-12-31', 'from'],
    ['from=20.11.2026', 'from'],
    ['to=2026-02-30', 'to'],
  ])('refuses %s', async (query, field) => {
    const { body } = await statement(await api.aMember(), query).expect(400)
    expect([body.code, Object.keys(body.errors)]).toEqual(['validation.failed', [field]])
  })

  test('more rows than a document takes are refused with how many there are', async () => {
    const member = await api.aMember()
    await give(member, 1)
    const { id: walletId } = await api.deps.db.read.wallet.findUniqueOrThrow({ where: { userId: member.id } })
    const row = await api.deps.db.read.walletTransaction.findFirstOrThrow({ where: { userId: member.id } })
    const { id: _, ...copied } = row
    await api.deps.db.transaction(async (tx) => {
      const rows = Array.from({ length: 2_000 }, (_row, n) => {
        const [balanceBefore, amount] = n % 2 === 0 ? [100n, 1n] : [101n, -1n]
        return { ...copied, walletId, lineNumber: n + 2, amount, balanceBefore, balanceAfter: balanceBefore + amount }
      })
      for (let at = 0; at < rows.length; at += 500) {
        await tx.walletTransaction.createMany({ data: rows.slice(at, at + 500) })
      }
    })
    const { body } = await api.get('/api/wallet/statement.pdf', member).expect(400)
    expect(body).toMatchObject({
      code: 'document.too_long',
      detail: '2001 rows are more than the 1999 of one document.',
    })
    await statement(member, '').expect(200)
  })

  test('leads from an opening balance to a closing one, day after day without a gap', async () => {
    let member = await api.aMember()
    for (const amount of [100, 20, 3]) {
      await give(member, amount)
      api.clock.advance(dayMs)
      admin = await api.login(admin.email)
    }
    member = await api.login(member.email)
    const answer = await statement(member, 'from=2026-11-21&to=2026-11-21').expect(200)
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.headers['content-disposition']).toBe('attachment; filename=statement-2026-11-21-to-2026-11-21.csv')
    const [head, opening, row, closing] = linesOf(answer)
    expect(head).toBe('id,created_at,transaction_type,description,reference_type,reference_id,amount,balance')
    expect(opening).toBe(',2026-11-21,OPENING_BALANCE,,,,,100.00')
    expect(row).toMatch(/^\d+,2026-11-21T06:00:00.000Z,DEPOSIT,Money,deposit,\d+,20.00,120.00$/)
    expect(closing).toBe(',2026-11-21,CLOSING_BALANCE,,,,20.00,120.00')
    expect(linesOf(await statement(member, 'from=2026-11-20&to=2026-11-22'))).toHaveLength(6)
    expect(linesOf(await statement(member, 'to=2026-11-19'))).toEqual([
      head,
      ',2026-11-01,OPENING_BALANCE,,,,,0.00',
      ',2026-11-19,CLOSING_BALANCE,,,,0.00,0.00',
    ])
    expect(linesOf(await statement(member, 'from=2026-11-23')).at(-1)).toBe(
      ',2026-11-23,CLOSING_BALANCE,,,,0.00,123.00',
    )
  })
})
