import { users } from '@ev/db'
import QRCode from 'qrcode'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'

export const getReferralLinkRoute = defineRoute({
  method: 'get',
  path: '/users/referral-link/',
  summary: 'Your referral code, and a link that carries it',
  description: '`qr_svg` is the link as a QR code, a drawing in SVG.',
  access: 'member',
  request: {},
  response: { status: 200, body: z.object({ code: z.string(), link: z.string(), qr_svg: z.string() }) },
  refusals: [],
  async handle({ db }, { actor, request }) {
    const { referralCode } = await users.get(db.read, actor.userId)
    const link = new URL('/', request.url)
    link.searchParams.set('ref', referralCode)
    const qr_svg = await QRCode.toString(link.href, { type: 'svg', errorCorrectionLevel: 'M' })
    return { code: referralCode, link: link.href, qr_svg }
  },
})
