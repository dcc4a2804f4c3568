import { wallets } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { toWalletView, walletView } from './wallet.view.ts'

export const getWalletRoute = defineRoute({
  method: 'get',
  path: '/wallet/my_wallet/',
  summary: 'Your wallet',
  access: 'member',
  request: {},
  response: { status: 200, body: walletView },
  refusals: [],
  async handle({ db }, { actor }) {
    const wallet = await wallets.find(db.read, actor.userId)
    if (!wallet) throw new Error(`Member ${actor.userId} has no wallet.`)
    return toWalletView(wallet)
  },
})
