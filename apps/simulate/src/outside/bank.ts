import type { Bank, BankEvent, TransferOrder, TransferResult } from '@ev/application'
import { DomainError } from '@ev/domain'
import type { Chance } from '../chance.ts'
import type { CrashSwitch } from '../crash.ts'

/** A transfer as the bank itself knows it. */
export type BankTransfer = { readonly order: TransferOrder; readonly transferId: string; result: TransferResult }

export type SimulatedBank = Bank & {
  readonly transfers: ReadonlyMap<string, BankTransfer>
  /** What it has answered about a transfer since `forgetAnswers`. */
  answeredNow(reference: string): TransferResult | null
  forgetAnswers(): void
  /** Finishes a transfer that is under way and answers the event that tells of it. */
  finish(reference: string): BankEvent
  /** From now on everything succeeds that was not refused before. */
  calmDown(): void
}

/** More failures in a row than this would park a message, which no run means to do. */
const failuresInARow = 2

/** A bank that refuses, takes its time, is away, and sometimes makes a transfer without being able to say so. It makes one transfer of a reference. */
export function simulatedBank(chance: Chance, crash: CrashSwitch): SimulatedBank {
  const transfers = new Map<string, BankTransfer>()
  const answers = new Map<string, TransferResult>()
  let failures = 0
  let isCalm = false

  function answer(reference: string, result: TransferResult): TransferResult {
    if (!isCalm && failures < failuresInARow && chance.isLucky(0.1)) {
      failures += 1
      throw new Error('The bank does not answer.')
    }
    failures = 0
    answers.set(reference, result)
    return result
  }

  function accept(order: TransferOrder): BankTransfer {
    const transferId = `transfer-${order.reference}`
    const processed = { state: 'processed', bankReference: `UTR-${order.reference}` } as const
    const luck = chance.next()
    const result: TransferResult =
      luck < 0.15 || /^0+$/.test(order.accountNumber)
        ? { state: 'refused', reason: 'The account is closed.' }
        : luck < 0.45 && !isCalm
          ? { state: 'underway', transferId }
          : processed
    const transfer = { order, transferId, result }
    transfers.set(order.reference, transfer)
    return transfer
  }

  return {
    provider: 'sandbox',
    transfers,
    answeredNow: (reference) => answers.get(reference) ?? null,
    forgetAnswers: () => answers.clear(),
    async transfer(order) {
      crash.before('the bank')
      const known = transfers.get(order.reference)
      if (known && JSON.stringify(known.order, bigints) !== JSON.stringify(order, bigints))
        throw new Error(`${order.reference} was asked for with another content.`)
      return answer(order.reference, (known ?? accept(order)).result)
    },
    async lookUp(transferId) {
      crash.before('the bank')
      const known = [...transfers.values()].find((transfer) => transfer.transferId === transferId)
      if (!known) throw new Error(`The bank knows no transfer ${transferId}.`)
      return answer(known.order.reference, known.result)
    },
    finish(reference) {
      const transfer = transfers.get(reference)
      if (!transfer) throw new Error(`The bank knows no transfer for ${reference}.`)
      if (transfer.result.state === 'underway') {
        transfer.result = chance.isLucky(0.8)
          ? { state: 'processed', bankReference: `UTR-${reference}` }
          : { state: 'refused', reason: 'The transfer came back.' }
      }
      const { transferId, order, result } = transfer
      const id = `event-${reference}-${result.state}`
      return { id, type: result.state, transferId, reference, amount: order.amount, result, isReversal: false }
    },
    calmDown() {
      isCalm = true
    },
    readEvent() {
      throw new DomainError('payout.event_refused')
    },
  }
}

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
