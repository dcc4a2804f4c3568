import { ownerUnlessAdmin } from '@ev/application'
import { walletTransactions } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { toWalletTransactionView, walletTransactionView } from './wallet.view.ts'

export const getWalletTransactionRoute = defineRoute({
  method: 'get',
  path: '/wallet/transactions/{id}/',
  summary: 'One row of your statement',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: walletTransactionView },
  refusals: ['wallet.transaction_not_found'],
  async handle({ db }, { actor, params }) {
    return toWalletTransactionView(
      await walletTransactions.get(db.read, params.id, { ownedBy: ownerUnlessAdmin(actor) }),
    )
  },
})
