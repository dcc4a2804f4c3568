import { createHmac, timingSafeEqual } from 'node:crypto'
import { DomainError, transferMode } from '@ev/domain'
import { type Logger, traceHeaders } from '@ev/runtime'
import { z } from 'zod'
import type { Bank, BankEvent, TransferOrder, TransferResult } from './bank.ts'

const razorpayApi = 'https://api.razorpay.com'
const timeoutMs = 15_000
const answerBytesAtMost = 100_000
const currency = 'INR'

export type RazorpayXOptions = {
  readonly keyId: string
  readonly keySecret: string
  /** The business account that transfers are paid from. */
  readonly accountNumber: string
  readonly webhookSecret: string
  readonly log: Logger
  /** Where its API is; Razorpay's own unless named. */
  readonly apiUrl?: string
}

const id = z.string().min(1).max(100)

/** What is read of a payout of theirs. Amounts are whole paise. */
const payoutEntity = z.object({
  id,
  reference_id: z.string().max(100).nullable(),
  amount: z.int().min(1),
  currency: z.string().max(10),
  status: z.enum([
    'queued',
    'pending',
    'scheduled',
    'processing',
    'processed',
    'reversed',
    'failed',
    'cancelled',
    'rejected',
  ]),
  utr: z.string().min(1).max(100).nullish(),
  failure_reason: z.string().nullish(),
  status_details: z.object({ description: z.string().nullish() }).nullish(),
})

type PayoutEntity = z.output<typeof payoutEntity>

const created = z.object({ id })
const refusal = z.object({ error: z.object({ description: z.string() }) })
const payoutList = z.object({ items: z.array(payoutEntity) })
const notice = z.object({ event: id, payload: z.object({ payout: z.object({ entity: payoutEntity }) }) })

/** A request that the bank has understood and will never grant. */
type Refusal = { readonly refused: string }

/**
 * RazorpayX: a contact, a fund account and a payout through its API, with the key as basic auth. The payout carries our reference as
 * `X-Payout-Idempotency`, so that asking again gives the same payout. Amounts are whole paise on its wire.
 */
export function createRazorpayXBank(options: RazorpayXOptions): Bank {
  const { keyId, keySecret, accountNumber, webhookSecret, log, apiUrl = razorpayApi } = options
  const authorization = `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`

  /** Asks the API. A bad request is a refusal; whatever may be another answer next time throws. */
  async function ask<T extends z.ZodType>(
    answer: T,
    request: { method: 'GET' | 'POST'; path: string; body?: object; headers?: Record<string, string> },
  ): Promise<z.output<T> | Refusal> {
    const { method, path, body, headers = {} } = request
    const response = await fetch(new URL(path, apiUrl), {
      method,
      headers: { authorization, ...traceHeaders(), ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = (await response.text()).slice(0, answerBytesAtMost)
    if (response.status === 400) {
      const reason = refusal.safeParse(jsonOf(text)).data?.error.description ?? 'The bank refused the request.'
      log.warn({ path, reason }, 'RazorpayX refused a request')
      return { refused: reason.slice(0, 1_000) }
    }
    const parsed = answer.safeParse(jsonOf(text))
    if (response.ok && parsed.success) return parsed.data
    throw new Error(`RazorpayX answered ${method} ${path} with ${response.status}.`)
  }

  async function createPayout(order: TransferOrder): Promise<PayoutEntity | Refusal> {
    const { reference, amount, accountHolderName, accountNumber: beneficiary, ifscCode } = order
    const contact = await ask(created, {
      method: 'POST',
      path: '/v1/contacts',
      body: { name: accountHolderName.slice(0, 50), type: 'vendor', reference_id: reference },
    })
    if ('refused' in contact) return contact
    const bankAccount = { name: accountHolderName.slice(0, 120), ifsc: ifscCode, account_number: beneficiary }
    const fundAccount = await ask(created, {
      method: 'POST',
      path: '/v1/fund_accounts',
      body: { contact_id: contact.id, account_type: 'bank_account', bank_account: bankAccount },
    })
    if ('refused' in fundAccount) return fundAccount
    return ask(payoutEntity, {
      method: 'POST',
      path: '/v1/payouts',
      headers: { 'x-payout-idempotency': reference },
      body: {
        account_number: accountNumber,
        fund_account_id: fundAccount.id,
        amount: Number(amount),
        currency,
        mode: transferMode(amount),
        purpose: 'payout',
        queue_if_low_balance: true,
        reference_id: reference,
        narration: reference,
      },
    })
  }

  /** The payout that an earlier attempt has made, when there is one. */
  async function findByReference(reference: string): Promise<PayoutEntity | null> {
    const query = new URLSearchParams({ account_number: accountNumber, reference_id: reference })
    const found = await ask(payoutList, { method: 'GET', path: `/v1/payouts?${query}` })
    if ('refused' in found) throw new Error(`RazorpayX did not say whether there is a payout for ${reference}.`)
    return found.items.find((item) => item.reference_id === reference) ?? null
  }

  return {
    provider: 'razorpayx',
    async transfer(order) {
      const answer = await createPayout(order)
      // An attempt whose answer was lost may have made the payout: only its absence makes a refusal final.
      const payout = 'refused' in answer ? await findByReference(order.reference) : answer
      if (payout === null) return { state: 'refused', reason: (answer as Refusal).refused }
      if (BigInt(payout.amount) !== order.amount || payout.currency !== currency) {
        throw new Error(`RazorpayX has a payout ${payout.id} of another amount for ${order.reference}.`)
      }
      return resultOf(payout)
    },
    async lookUp(transferId) {
      const payout = await ask(payoutEntity, { method: 'GET', path: `/v1/payouts/${encodeURIComponent(transferId)}` })
      if ('refused' in payout) throw new Error(`RazorpayX does not know the payout ${transferId}.`)
      return resultOf(payout)
    },
    readEvent({ rawBody, signature, eventId }) {
      const expected = createHmac('sha256', webhookSecret).update(rawBody).digest('hex')
      if (!isEqual(signature, expected)) throw new DomainError('payout.event_refused')
      return toBankEvent(jsonOf(rawBody.toString('utf8')), eventId)
    },
  }
}

function resultOf({ id: transferId, status, utr, failure_reason, status_details }: PayoutEntity): TransferResult {
  switch (status) {
    case 'processed':
      return { state: 'processed', bankReference: utr ?? transferId }
    case 'queued':
    case 'pending':
    case 'scheduled':
    case 'processing':
      return { state: 'underway', transferId }
    case 'reversed':
    case 'failed':
    case 'cancelled':
    case 'rejected': {
      const reason = failure_reason || status_details?.description || `The bank says that the transfer is ${status}.`
      return { state: 'refused', reason: reason.slice(0, 1_000) }
    }
  }
}

/** Null for what is no event of a payout, or of one that we have not asked for. */
function toBankEvent(body: unknown, eventId: string): BankEvent | null {
  const { data } = notice.safeParse(body)
  if (!data?.event.startsWith('payout.') || data.payload.payout.entity.reference_id === null) return null
  const { entity } = data.payload.payout
  return {
    id: eventId,
    type: data.event,
    transferId: entity.id,
    reference: entity.reference_id!,
    amount: entity.currency === currency ? BigInt(entity.amount) : 0n,
    result: resultOf(entity),
    isReversal: entity.status === 'reversed',
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Compares in a time that does not tell how much of the two is alike. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}
