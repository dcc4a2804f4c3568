import { expect, test } from 'vitest'
import type { Joined } from '../members.ts'
import { type AttackedPlatform, outcomes } from './attacked-platform.ts'

export const payoutOf = (requested_amount: number, more: object = {}) => ({
  requested_amount,
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
  ...more,
})

export function attackPayouts(platform: () => AttackedPlatform): void {
  const ask = (by: Joined, amount: number, more: object = {}) =>
    platform().send('POST', '/payout/', { by, body: payoutOf(amount, more) })
  const rowsOf = async (userId: number) => {
    const { read } = platform().stack.db
    return {
      payouts: await read.payout.count({ where: { userId } }),
      holds: await read.hold.findMany({ where: { userId }, select: { amount: true, status: true } }),
    }
  }

  test('30: of a hundred parallel requests of the whole balance one is accepted', async () => {
    const { aMember, atOnce, deposit, wallet } = platform()
    const member = await aMember()
    await deposit(member, 5_000)
    expect(outcomes(await atOnce(() => ask(member, 5_000)))).toEqual({ 201: 1, '400 payout.exceeds_available': 99 })
    expect(await wallet(member)).toMatchObject({ balance: '5000.00', held: '5000.00', available: '0.00' })
    expect(await rowsOf(member.id)).toEqual({ payouts: 1, holds: [{ amount: 500_000n, status: 'active' }] })
  })

  test('38: a payout that two admins process a hundred times is transferred once', async () => {
    const { admins, aMember, atOnce, deposit, done, send, settled, stack, wallet } = platform()
    const member = await aMember()
    await deposit(member, 5_000)
    const { body: payout } = await ask(member, 5_000)
    const process = (n: number) => send('POST', `/payout/${payout['id']}/process/`, { by: admins[n % 2]! })
    expect(outcomes(await atOnce(process))).toEqual({ 202: 1, '409 payout.transition_refused': 99 })
    await settled()
    expect(outcomes(await atOnce(process))).toEqual({ '409 payout.transition_refused': 100 })
    expect(await done('GET', `/payout/${payout['id']}/`, { by: member })).toMatchObject({
      status: 'completed',
      bank_reference: `SANDBOX-PAYOUT-${payout['id']}`,
    })
    expect(await wallet(member)).toMatchObject({ balance: '0.00', held: '0.00', total_withdrawn: '5000.00' })
    const { read } = stack.db
    const transfers = await read.journalLine.findMany({
      where: { accountKind: 'bank', entry: { referenceType: 'payout', referenceId: Number(payout['id']) } },
    })
    expect(transfers.map(({ amount }) => amount)).toEqual([475_000n])
    const parts = await read.payoutTransaction.findMany({ where: { userId: member.id }, orderBy: { id: 'asc' } })
    expect(parts.map(({ transactionType, amount }) => [transactionType, amount])).toEqual([
      ['payout', 475_000n],
      ['tds', 25_000n],
    ])
    expect(await rowsOf(member.id)).toEqual({ payouts: 1, holds: [{ amount: 500_000n, status: 'captured' }] })
  })

  test('34: the tax is the server’s, whatever the client sends', async () => {
    const { aMember, deposit } = platform()
    const member = await aMember()
    await deposit(member, 1_000)
    const wish = { tds_amount: '0.00', net_amount: '1000.00', transfer_amount: '1000.00', status: 'completed', user: 1 }
    const { status, body } = await ask(member, 1_000, wish)
    expect([status, body]).toMatchObject([
      201,
      { user: member.id, tds_amount: '50.00', net_amount: '950.00', transfer_amount: '950.00', status: 'pending' },
    ])
  })
}
