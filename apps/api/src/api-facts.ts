import type { ApiFacts } from './http/index.ts'

export const apiFacts: ApiFacts = {
  title: 'EV distribution platform',
  version: '1',
  description: `Members book electric vehicles, refer others, earn when the legs of their tree match, and are paid out.

**To begin**, ask for a code with \`POST /auth/send-otp/\`, exchange it at \`POST /auth/verify-otp/\`, and send the access token with every further request: \`Authorization: Bearer …\`. In development the code is in the mailbox at [/dev/mailbox](/dev/mailbox).

**Amounts** are decimal strings in rupees (\`"5000.00"\`), **instants** are UTC (\`2026-04-01T06:30:00Z\`), **dates** are days in India. Field names are snake_case.

**Lists** take \`page\`, \`page_size\` and \`ordering\`; long ones take \`cursor\` instead, and then every page costs the same.

**Requests that move money** take an \`Idempotency-Key\`: the same key with the same body does nothing again and gets the first answer.

**What is refused** answers as \`application/problem+json\` with a stable \`code\`; wrong input names each field under \`errors\`. Quote the \`request_id\` when you ask about an answer.`,
  subjects: {
    auth: 'Logging in by one-time codes, signing up, sessions.',
    users: 'Profiles, referrals, identity checks (KYC), nominees; for staff, the members.',
    inventory: 'The catalogue of vehicles and their pictures.',
    booking: 'Booking a vehicle, paying for it, instalments, receipts, refunds.',
    wallet: 'What a member has earned: balance, statement, deposits.',
    binary: 'The binary tree: positions, teams, pairs, earnings.',
    payout: 'From the wallet to the bank, with tax and EMI deducted.',
    notifications: 'What members are told.',
    compliance: 'Documents, tax records, certificates.',
    reports: 'Figures of a member and of the business.',
    admin: 'Plans, settings, the audit log and messages; for admins.',
    webhooks: 'Where payment gateways and banks report.',
  },
}
