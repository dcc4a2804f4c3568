import { journalFigures } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { formatRupees, rupees } from '@ev/domain'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

type Row = Record<string, string | number | null>

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let asha: Caller
  let ravi: Caller
  let meena: Caller

  /** Access tokens are short-lived, and the story takes two days. */
  const again = async (caller: Caller) => ({ ...(await api.login(caller.email)), referralCode: caller.referralCode })
  const read = async (path: string, by: Caller) => (await api.get(`/api/reports/${path}`, by).expect(200)).body
  const csvOf = async (path: string, by: Caller) => {
    const answer = await api.get(`/api/reports/${path}`, by).expect(200)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    return { name: answer.headers['content-disposition'], lines: answer.text.trimEnd().split('\r\n') }
  }
  const journal = async (...kinds: Parameters<typeof journalFigures.accountSum>[1][]) => {
    let sum = 0n
    for (const kind of kinds) sum += await journalFigures.accountSum(api.deps.db.read, kind)
    return sum
  }
  async function book(by: Caller, vehicle: { id: number }): Promise<number> {
    return (await api.post('/api/booking/bookings/', by, bookingOf(vehicle)).expect(201)).body.id
  }
  async function pay(by: Caller, booking: number, amount: string): Promise<number> {
    const path = `/api/booking/bookings/${booking}/make_payment/`
    return (await api.post(path, by, { amount, payment_method: 'online' }).expect(201)).body.id
  }

  // Two days in India. On the 20th: two bookings of the scooter, 5,000 each and 1,000 in the day's last millisecond. On the 21st: 2,000 in its
  // first, a booking of the van with 6,000, of which 1,500 goes back; and a payout of 300.
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    const scooter = await api.aVehicle({ name: 'Volt' })
    const van = await api.aVehicle({ name: '=HYPERLINK("x")', price: 200_000 })
    asha = await api.aMember()
    ravi = await api.aMember(asha)
    meena = await api.aMember(asha)
    const [first, second] = [await book(ravi, scooter), await book(meena, scooter)]
    await pay(ravi, first, '5000.00')
    await pay(meena, second, '5000.00')
    await api.settle()
    const midnight = new Date('2026-11-20T18:30:00.000Z').getTime()
    api.clock.advance(midnight - 1 - api.clock.now().getTime())
    ravi = await again(ravi)
    meena = await again(meena)
    await pay(ravi, first, '1000.00')
    api.clock.advance(1)
    await pay(meena, second, '2000.00')
    api.clock.advance(6 * 3_600_000)
    admin = await api.aColleague('admin')
    ;[asha, ravi, meena] = [await again(asha), await again(ravi), await again(meena)]
    const payment = await pay(meena, await book(meena, van), '6000.00')
    await api.settle()
    const refund = { amount: '1500.00', reason: 'Paid too much.' }
    await api.post(`/api/booking/payments/${payment}/refund/`, admin, refund).expect(200)
    await api.settle()
    const bank = { bank_name: 'HDFC', account_number: '123456789012', ifsc_code: 'HDFC0001234' }
    const payout = { requested_amount: '300.00', ...bank, account_holder_name: 'Asha' }
    const { body } = await api.post('/api/payout/', asha, payout).expect(201)
    await api.post(`/api/payout/${body.id}/process/`, admin).expect(202)
    await api.settle()
    // A message that waits.
    await api.aMember()
    await api.expectLedgerClean()
  })

  describe('sales', () => {
    const range = 'start_date=2026-11-20&end_date=2026-11-22'
    const nothing = {
      bookings: 0,
      booked_amount: '0.00',
      payments: 0,
      received_amount: '0.00',
      refunded_amount: '0.00',
    }

    test('by day of India, net of refunds, with the days on which nothing was sold', async () => {
      const report = await read(`sales/?${range}`, admin)
      expect(report).toMatchObject({ start_date: '2026-11-20', end_date: '2026-11-22', group_by: 'day' })
      const figures = report.results.map(({ vehicle, vehicle_name, model_code, ...row }: Row) => {
        expect([vehicle, vehicle_name, model_code]).toEqual([null, null, null])
        return row
      })
      expect(figures).toEqual([
        {
          period: '2026-11-20',
          bookings: 2,
          booked_amount: '200000.00',
          payments: 3,
          received_amount: '11000.00',
          refunded_amount: '0.00',
          net_amount: '11000.00',
        },
        {
          period: '2026-11-21',
          bookings: 1,
          booked_amount: '200000.00',
          payments: 2,
          received_amount: '8000.00',
          refunded_amount: '1500.00',
          net_amount: '6500.00',
        },
        { period: '2026-11-22', ...nothing, net_amount: '0.00' },
      ])
      expect(report.total).toEqual({
        bookings: 3,
        booked_amount: '400000.00',
        payments: 5,
        received_amount: '19000.00',
        refunded_amount: '1500.00',
        net_amount: '17500.00',
      })
      expect(report.total.net_amount).toBe(formatRupees(await journal('booking_receipts')))
    })

    test('by month and by vehicle they come to the same', async () => {
      const [month, vehicle] = [
        await read(`sales/?${range}&group_by=month`, admin),
        await read(`sales/?${range}&group_by=vehicle`, admin),
      ]
      expect(month.results).toEqual([
        { period: '2026-11', vehicle: null, vehicle_name: null, model_code: null, ...month.total },
      ])
      expect(vehicle.total).toEqual(month.total)
      expect(vehicle.results.map(({ vehicle_name, net_amount }: Row) => [vehicle_name, net_amount])).toEqual([
        ['Volt', '13000.00'],
        ['=HYPERLINK("x")', '4500.00'],
      ])
    })

    test('as a file hold the same figures, and no cell is a formula', async () => {
      const { name, lines } = await csvOf(`sales/?${range}&group_by=vehicle&format=csv`, admin)
      expect(name).toBe('attachment; filename=sales-vehicle-2026-11-20-2026-11-22.csv')
      expect(lines[0]).toBe(
        'period,vehicle,vehicle_name,model_code,bookings,booked_amount,payments,received_amount,refunded_amount,net_amount',
      )
      expect(lines[1]).toMatch(/^,\d+,Volt,EV-[A-Z0-9]{6},2,200000\.00,4,13000\.00,0\.00,13000\.00$/)
      expect(lines[2]).toContain(`"'=HYPERLINK(""x"")"`)
      expect(lines).toHaveLength(3)
    })

    test('cover the last thirty days when no period is asked for, and at most a year', async () => {
      const usual = await read('sales/', admin)
      expect([usual.start_date, usual.end_date]).toEqual(['2026-10-23', '2026-11-21'])
      expect(usual.results).toHaveLength(30)
      expect((await read('sales/?start_date=2025-11-22&end_date=2026-11-22', admin)).results).toHaveLength(366)
      expect(
        (await read('sales/?start_date=2026-01-31&end_date=2026-04-01&group_by=month', admin)).results,
      ).toHaveLength(4)
    })

    test.each([
      ['start_date', 'start_date=2025-11-21&end_date=2026-11-22'],
      ['start_date', 'start_date=0001-01-01&end_date=9999-12-31'],
      ['end_date', 'start_date=2026-11-22&end_date=2026-11-21'],
      ['start_date', 'start_date=2026-02-30'],
      ['end_date', "end_date=2026-11-22'--"],
      ['group_by', 'group_by=user'],
      ['format', 'format=xlsx'],
    ])('with a wrong %s are refused: %s', async (field, query) => {
      const { body } = await api.get(`/api/reports/sales/?${query}`, admin).expect(400)
      expect(Object.keys(body.errors)).toEqual([field])
    })

    test('are for admins', async () => {
      await api.get('/api/reports/sales/', asha).expect(403)
      await api.get('/api/reports/sales/', await api.aColleague('staff')).expect(403)
    })
  })

  describe('a wallet', () => {
    test('adds up by type, from the balance before to the balance after', async () => {
      const report = await read('wallet/', asha)
      expect(report).toMatchObject({
        user: asha.id,
        start_date: '2026-10-23',
        end_date: '2026-11-21',
        opening_balance: '0.00',
      })
      const sums = report.results.map(({ transaction_type, count, net_amount }: Row) => [
        transaction_type,
        count,
        net_amount,
      ])
      // 5 % of 5,000 + 5,000 + 1,000 + 2,000 + 6,000, one pair; the refund takes 75 back.
      expect(sums).toEqual([
        ['REFERRAL_BONUS', 5, '950.00'],
        ['BINARY_PAIR', 1, '500.00'],
        ['PAYOUT', 1, '-300.00'],
        ['REVERSAL', 1, '-75.00'],
      ])
      expect(report.closing_balance).toBe('1075.00')
      expect(report.closing_balance).toBe((await read('dashboard/', asha)).wallet_balance)
      const second = await read('wallet/?start_date=2026-11-21', asha)
      expect([second.opening_balance, second.closing_balance]).toEqual(['1000.00', '1075.00'])
    })

    test("of all members together is the journal's", async () => {
      const report = await read('wallet/', admin)
      expect(report).toMatchObject({ user: null, opening_balance: null, closing_balance: null })
      const net = report.results.reduce((sum: bigint, row: Row) => sum + rupees(String(row['net_amount'])), 0n)
      expect(net).toBe(await journal('member_wallet', 'member_hold'))
      expect((await read(`wallet/?user=${asha.id}`, admin)).closing_balance).toBe('1075.00')
    })

    test('as a file', async () => {
      const { name, lines } = await csvOf('wallet/?format=csv', asha)
      expect(name).toBe(`attachment; filename=wallet-${asha.id}-2026-10-23-2026-11-21.csv`)
      expect(lines).toEqual([
        'transaction_type,count,credited_amount,debited_amount,net_amount',
        'REFERRAL_BONUS,5,950.00,0.00,950.00',
        'BINARY_PAIR,1,500.00,0.00,500.00',
        'PAYOUT,1,0.00,300.00,-300.00',
        'REVERSAL,1,0.00,75.00,-75.00',
      ])
    })

    test("of somebody else is not there: the same answer as for nobody's, also for staff", async () => {
      for (const by of [ravi, await api.aColleague('staff')]) {
        for (const path of ['wallet/', 'user/']) {
          for (const format of ['json', 'csv']) {
            const ask = (id: number) => api.get(`/api/reports/${path}?user=${id}&format=${format}`, by).expect(404)
            const [others, nobodys] = [await ask(asha.id), await ask(999_999)]
            const { request_id: _, ...refusal } = others.body
            expect(nobodys.body).toMatchObject(refusal)
          }
        }
      }
      await api.get('/api/reports/wallet/?user=999999', admin).expect(404)
    })
  })

  describe('what became of bookings', () => {
    test('by state, every state with a row', async () => {
      const report = await read('bookings/?start_date=2026-11-20&end_date=2026-11-21', await api.aColleague('staff'))
      expect(report.results.map(({ status }: Row) => status)).toEqual([
        'pending',
        'active',
        'completed',
        'expired',
        'cancelled',
      ])
      expect(report.results.reduce((sum: number, row: Row) => sum + Number(row['bookings']), 0)).toBe(3)
      const paid = report.results.reduce((sum: bigint, row: Row) => sum + rupees(String(row['total_paid'])), 0n)
      expect(formatRupees(paid)).toBe((await read('dashboard/', admin)).total_revenue)
      const none = await read('bookings/?start_date=2026-11-22&end_date=2026-11-22', admin)
      expect(none.results.every((row: Row) => row['bookings'] === 0 && row['total_amount'] === '0.00')).toBe(true)
    })

    test('are not for members', async () => {
      await api.get('/api/reports/bookings/', asha).expect(403)
    })
  })

  describe('pairs and commissions', () => {
    test('by month, with the limit and what the ledger credited', async () => {
      const { results } = await read('commissions/?start_date=2026-10-31&end_date=2026-11-21', admin)
      expect(results).toEqual([
        {
          month: '2026-10',
          pairs: 0,
          pair_amount: '0.00',
          reversed_pairs: 0,
          commission_amount: '0.00',
          monthly_limit: 10,
          members_at_limit: 0,
        },
        {
          month: '2026-11',
          pairs: 1,
          pair_amount: '500.00',
          reversed_pairs: 0,
          commission_amount: formatRupees(-(await journal('commission_expense'))),
          monthly_limit: 10,
          members_at_limit: 0,
        },
      ])
    })

    test('as a file', async () => {
      const { lines } = await csvOf('commissions/?start_date=2026-11-01&format=csv', admin)
      expect(lines).toEqual([
        'month,pairs,pair_amount,reversed_pairs,commission_amount,monthly_limit,members_at_limit',
        '2026-11,1,500.00,0,1375.00,10,0',
      ])
    })
  })

  test('growth is that of the members, their places and those who count', async () => {
    const { results } = await read('growth/?start_date=2026-10-01&end_date=2026-11-21', admin)
    const members = await api.deps.db.read.user.count({ where: { role: 'user' } })
    const placed = await api.deps.db.read.placement.count()
    const counted = await api.deps.db.read.placement.count({ where: { qualifiedAt: { not: null } } })
    expect(results).toEqual([
      { month: '2026-10', joined: 0, placed: 0, counted: 0 },
      { month: '2026-11', joined: members, placed, counted },
    ])
    expect(counted).toBeGreaterThan(0)
  })

  test('liabilities are what the journal owes', async () => {
    const report = await read('liabilities/', admin)
    expect(report.balance).toBe(formatRupees(await journal('member_wallet', 'member_hold')))
    expect(report).toMatchObject({ held: '0.00', emi_reserve: '0.00', recoverable: '0.00' })
    expect(report.wallets).toBe(await api.deps.db.read.wallet.count())
  })

  test('tax by quarter is that of the records', async () => {
    const { results } = await read('tds/', admin)
    expect(results).toEqual([
      { financial_year: '2026-27', quarter: 'Q1', payout_amount: '0.00', tds_amount: '0.00' },
      { financial_year: '2026-27', quarter: 'Q2', payout_amount: '0.00', tds_amount: '0.00' },
      { financial_year: '2026-27', quarter: 'Q3', payout_amount: '300.00', tds_amount: '15.00' },
      { financial_year: '2026-27', quarter: 'Q4', payout_amount: '0.00', tds_amount: '0.00' },
    ])
  })

  describe('a member', () => {
    test('sees bookings, payments, referrals, team and earnings', async () => {
      expect(await read('user/', asha)).toEqual({
        user: asha.id,
        user_name: asha.referralCode.toLowerCase(),
        bookings: { count: 0, total_amount: '0.00', total_paid: '0.00', by_status: [] },
        payments: { count: 0, amount: '0.00', by_method: [] },
        referrals: { count: 2, active_buyers: 2, bonus_count: 5, bonus_amount: '875.00' },
        team: { left_team: 1, right_team: 1 },
        earnings: {
          pairs: 1,
          pair_amount: '500.00',
          emi_deducted: '0.00',
          net_amount: '500.00',
          total_earned: '1375.00',
          total_withdrawn: '300.00',
          wallet_balance: '1075.00',
        },
      })
      const other = await read(`user/?user=${meena.id}`, admin)
      expect(other.bookings).toMatchObject({ count: 2, total_amount: '300000.00', total_paid: '11500.00' })
      expect(other.payments).toEqual({
        count: 3,
        amount: '11500.00',
        by_method: [{ payment_method: 'online', count: 3, amount: '11500.00' }],
      })
      expect(await read(`user/?user=${meena.id}`, meena)).toEqual(other)
    })

    test('as a file', async () => {
      const { lines } = await csvOf(`user/?user=${meena.id}&format=csv`, admin)
      expect(lines).toContain('bookings,total_paid,11500.00')
      expect(lines).toContain('payments,online.amount,11500.00')
      expect(lines).toContain('team,left_team,0')
    })
  })

  describe('a dashboard', () => {
    test('shows members their own figures', async () => {
      const figures = {
        wallet_balance: '1075.00',
        total_earnings: '1375.00',
        total_withdrawn: '300.00',
        active_bookings: 0,
        total_bookings: 0,
        binary_pairs: 1,
        pending_payouts: 0,
      }
      expect(await read('dashboard/', asha)).toEqual(figures)
      const { lines } = await csvOf('dashboard/?format=csv', asha)
      expect(lines.slice(0, 3)).toEqual(['figure,value', 'wallet_balance,1075.00', 'total_earnings,1375.00'])
    })

    test("shows admins the platform's, which are the ledger's, and says when it counted them", async () => {
      const shown = await read('dashboard/', admin)
      expect(shown).toMatchObject({
        active_buyers: 2,
        total_bookings: 3,
        total_revenue: formatRupees(await journal('booking_receipts')),
        total_wallet_balance: formatRupees(await journal('member_wallet', 'member_hold')),
        pending_payouts: 0,
        pending_payout_amount: '0.00',
        pairs_this_month: 1,
        commissions_this_month: formatRupees(-(await journal('commission_expense'))),
        pending_kyc: 0,
        unpublished_messages: expect.any(Number),
        counted_at: api.clock.now().toISOString(),
      })
      expect(shown.total_revenue).toBe('17500.00')
      expect(shown.commissions_this_month).toBe('1375.00')
      await api.aMember()
      api.clock.advance(59_999)
      expect(await read('dashboard/', admin)).toEqual(shown)
      api.clock.advance(1)
      const later = await read('dashboard/', admin)
      expect(later).toMatchObject({ total_users: shown.total_users + 1, counted_at: api.clock.now().toISOString() })
      const { lines } = await csvOf('dashboard/?format=csv', admin)
      expect(lines).toContain('total_revenue,17500.00')
      expect(lines).toContain(`counted_at,${later.counted_at}`)
    })
  })
})
