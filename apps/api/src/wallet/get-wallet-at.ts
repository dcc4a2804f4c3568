import { walletHistory, wallets } from '@ev/db'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, instant } from '../http/index.ts'
import { whose } from '../whose.ts'
import { toWalletView, walletView } from './wallet.view.ts'

const walletAtView = walletView.extend({
  at: instant.meta({ description: 'The moment at which the wallet stood so.' }),
})

export const getWalletAtRoute = defineRoute({
  method: 'get',
  path: '/wallet/statement/',
  summary: 'A wallet as it stood at a moment',
  description:
    'What `my_wallet` said then, recomputed from the journal and the statement: everything posted up to that instant counts. Admins choose a member with `user`.',
  access: 'member',
  request: {
    query: z.object({
      at: instant.optional().meta({ description: 'The moment, not in the future; now when absent.' }),
      user: entityId.optional().meta({ description: 'For admins: whose wallet.' }),
    }),
  },
  response: { status: 200, body: walletAtView },
  refusals: ['validation.failed', 'user.not_found'],
  async handle({ db, clock }, { actor, query }) {
    const now = clock.now()
    const at = query.at ?? now
    if (at > now) throw new DomainError('validation.failed', { reason: 'Must not be in the future.' }, 'at')
    const row = await wallets.find(db.read, whose(actor, query.user))
    if (!row) throw new DomainError('user.not_found')
    const wallet = await walletHistory.walletAt(db.read, row.userId, { at })
    const updatedAt = (await walletHistory.lastPostedAt(db.read, row.userId, at)) ?? row.createdAt
    return { ...toWalletView({ ...row, ...wallet, updatedAt }), at }
  },
})
