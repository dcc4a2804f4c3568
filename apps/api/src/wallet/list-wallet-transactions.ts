import { ownerUnlessAdmin } from '@ev/application'
import { walletTransactions } from '@ev/db'
import { referenceTypes, walletTransactionTypes } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { createdQuery } from '../fields.ts'
import { cursorQuery, entityId, pageOrCursorView } from '../http/index.ts'
import { answerLedger } from '../lists.ts'
import { toWalletTransactionView, walletTransactionView } from './wallet.view.ts'

const transactionsQuery = cursorQuery.extend({
  transaction_type: z.enum(walletTransactionTypes).optional(),
  reference_type: z.enum(referenceTypes).optional(),
  ...createdQuery,
  user: entityId.optional(),
})

export const listWalletTransactionsRoute = defineRoute({
  method: 'get',
  path: '/wallet/transactions/',
  summary: 'The statement of your wallet, newest first',
  description: 'Admins see all statements and choose one with `user`.',
  access: 'member',
  request: { query: transactionsQuery },
  response: { status: 200, body: pageOrCursorView(walletTransactionView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = {
      ownedBy: ownerUnlessAdmin(actor),
      userId: query.user,
      transactionType: query.transaction_type,
      referenceType: query.reference_type,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
    }
    return answerLedger(
      { query, url },
      {
        list: (page) => walletTransactions.list(db.read, filter, page),
        listBefore: (page) => walletTransactions.listBefore(db.read, filter, page),
      },
      toWalletTransactionView,
    )
  },
})
