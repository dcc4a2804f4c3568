import { type AdjustWallet, adjustWallet, depositToWallet } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { idNumber, rupees, signedRupees, textLine } from '../http/index.ts'
import { adjustedWalletView, toAdjustedWalletView } from './wallet.view.ts'

const reason = textLine(500).meta({ description: 'Stands in the member’s statement and in the audit log.' })

export const depositRoute = defineRoute({
  method: 'post',
  path: '/wallet/deposit/',
  summary: 'Record money that was received for a member',
  description: 'What the member owes back is recovered from it first. Nobody deposits into their own wallet.',
  access: 'admin',
  idempotent: 'money',
  request: { body: z.object({ user: idNumber, amount: rupees, reason }) },
  response: { status: 201, body: adjustedWalletView },
  refusals: ['user.not_found', 'wallet.own_adjustment', 'payment.not_positive'],
  async handle(deps, { actor, body, idempotency, setReplayed }) {
    const { value, replayed } = await depositToWallet(deps, { actor, idempotency, ...toCommand(body) })
    if (replayed) setReplayed()
    return toAdjustedWalletView(value)
  },
})

export const adjustRoute = defineRoute({
  method: 'post',
  path: '/wallet/adjust/',
  summary: 'Correct a wallet at the company’s expense',
  description: 'A negative amount takes away, at most what is available. Nobody adjusts their own wallet.',
  access: 'admin',
  idempotent: 'money',
  request: { body: z.object({ user: idNumber, amount: signedRupees, reason }) },
  response: { status: 201, body: adjustedWalletView },
  refusals: ['user.not_found', 'wallet.own_adjustment', 'payment.not_positive', 'wallet.insufficient'],
  async handle(deps, { actor, body, idempotency, setReplayed }) {
    const { value, replayed } = await adjustWallet(deps, { actor, idempotency, ...toCommand(body) })
    if (replayed) setReplayed()
    return toAdjustedWalletView(value)
  },
})

function toCommand(body: {
  user: number
  amount: bigint
  reason: string
}): Pick<AdjustWallet, 'userId' | 'amount' | 'reason'> {
  return { userId: body.user, amount: body.amount, reason: body.reason }
}
