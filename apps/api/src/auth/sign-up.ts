import { parseIdentifier, signUp } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { referralCode } from '../fields.ts'
import { wholeProfileFields } from '../users/profile-fields.ts'
import { limitOtp } from './limit-otp.ts'

const signUpBody = z.object({
  ...wholeProfileFields,
  email: z.string().min(1).max(254),
  mobile: z.string().min(1).max(20),
  referral_code: referralCode,
})

export const signUpRoute = defineRoute({
  method: 'post',
  path: '/auth/signup/',
  summary: 'Sign up with a profile',
  description:
    'Address and number each get a code. Nothing is created before both come back to `verify-signup-otp`, within ten minutes. Signing up again replaces the earlier sign-up of the same address or number.',
  access: 'public',
  limit: 'otp',
  request: { body: signUpBody },
  response: { status: 200, body: z.object({ message: z.string(), signup_token: z.string() }) },
  refusals: ['user.identifier_taken', 'user.referral_code_unknown', 'auth.otp_resend_too_soon'],
  async handle(deps, { body }) {
    const email = parseIdentifier({ type: 'email', text: body.email, field: 'email' })
    const mobile = parseIdentifier({ type: 'mobile', text: body.mobile, field: 'mobile' })
    for (const identifier of [email, mobile]) await limitOtp(deps, { identifier })
    const { signupToken } = await signUp(deps, {
      email: email.value,
      mobile: mobile.value,
      profile: {
        firstName: body.first_name,
        lastName: body.last_name,
        gender: body.gender,
        dateOfBirth: body.date_of_birth,
        addressLine1: body.address_line1,
        addressLine2: body.address_line2,
        city: body.city,
        state: body.state,
        pincode: body.pincode,
        country: body.country,
      },
      referralCode: body.referral_code,
    })
    return { message: 'Codes were sent to your e-mail address and your mobile number.', signup_token: signupToken }
  },
})
