import { formatRupees, parseRupees } from '@ev/domain'
import { type ApiClient, eventually, listOf, objectOf, type Person } from './api-client.ts'

/** Says one step of the story. */
export type Tell = (text: string) => void
/** What the story found, for the table at its end. */
export type Ending = {
  readonly statement: readonly Record<string, unknown>[]
  readonly balance: string
  readonly checks: readonly Check[]
}
export type Check = { readonly what: string; readonly expected: string; readonly actual: string }

const friends = [
  'Arjun',
  'Bhavna',
  'Charu',
  'Dev',
  'Esha',
  'Farhan',
  'Gita',
  'Hari',
  'Isha',
  'Jai',
  'Kiran',
  'Lata',
  'Manoj',
  'Nisha',
]
const expectedPairs = 7
const inr = (amount: unknown) => `₹${String(amount)}`

/** The main job from the first code to the money in the bank, for members of its own, so that it can be told again and again. */
export async function tellStory(api: ApiClient, tell: Tell, stamp: string): Promise<Ending> {
  const address = (name: string) => `${name.toLowerCase()}.${stamp}@example.com`
  const admin = await api.logIn({ name: 'Aditi', email: 'admin@example.com' })
  tell('Aditi, the superuser, logged in by a code')

  const meera = await api.logIn({ name: 'Meera', email: address('Meera') })
  tell(`Meera signed up by a code; her referral code is ${meera.referralCode}`)
  const emiBooking = await book(api, meera, { cheapest: false, amount: '500.00', emiMonths: 12 })
  tell(`Meera booked a ${emiBooking.vehicle} for ${inr(emiBooking.total)} on EMI over 12 months; nothing is paid yet`)

  const members: Person[] = []
  for (const name of friends)
    members.push(await api.logIn({ name, email: address(name), referralCode: meera.referralCode }))
  tell(`${friends.length} friends signed up with her code`)
  const tree = await eventually(
    'all friends in the tree',
    () => api.get('/api/binary/nodes/my_tree/?depth=3', meera.token),
    (node) => Number(node['left_team']) + Number(node['right_team']) === friends.length,
  )
  tell(
    `they stand in her tree in level order: ${String(tree['left_team'])} on the left, ${String(tree['right_team'])} on the right`,
  )
  const pairs = await eventually(
    'the pairs to be credited',
    async () => listOf((await api.get('/api/binary/pairs/', meera.token))['results']),
    (found) => found.length === expectedPairs && found.every((pair) => pair['status'] === 'processed'),
  )
  tell(`${pairs.length} pairs matched: five paid in full, then 20 % to the EMI, because Meera is no Active Buyer`)

  const buyer = members[0]!
  const purchase = await book(api, buyer, { cheapest: true, amount: '500.00', emiMonths: null })
  for (const amount of ['500.00', '4500.00', '15000.00']) {
    await pay(api, buyer, { bookingId: purchase.id, amount })
    tell(`${buyer.name} paid ${inr(amount)} towards a ${purchase.vehicle}`)
  }
  const paid = '20000.00'
  const earned = formatRupees(parseRupees(paid) / 20n)
  await eventually(
    'the referral bonus',
    async () =>
      listOf((await api.get('/api/wallet/transactions/?transaction_type=REFERRAL_BONUS', meera.token))['results']),
    (rows) => rows.length === 3,
  )
  tell(`Meera's wallet got 5 % of it: ${inr(earned)}`)

  const before = await api.get('/api/wallet/my_wallet/', meera.token)
  const preview = await api.get('/api/payout/preview/?amount=3000.00&emi_auto_filled=true', meera.token)
  tell(
    `a payout of ₹3000.00 would be ${inr(preview['tds_amount'])} tax, ${inr(preview['emi_amount'])} EMI, ${inr(preview['transfer_amount'])} to the bank`,
  )
  const payout = await api.post('/api/payout/', payoutRequest, meera.token)
  tell('Meera asked for it; the amount is held')
  await api.post(`/api/payout/${String(payout['id'])}/process/`, {}, admin.token)
  tell('Aditi approved it')
  const done = await eventually(
    'the payout to be completed',
    () => api.get(`/api/payout/${String(payout['id'])}/`, meera.token),
    (found) => found['status'] === 'completed',
  )
  tell(`the bank transferred it: reference ${String(done['bank_reference'])}`)
  const booking = await eventually(
    'the EMI to be filled',
    () => api.get(`/api/booking/bookings/${emiBooking.id}/`, meera.token),
    (found) => parseRupees(found['total_paid']) === parseRupees('200.00') + parseRupees(done['emi_amount']),
  )
  tell(`her EMI booking has received ${inr(booking['total_paid'])}, all of it from earnings`)

  const wallet = await api.get('/api/wallet/my_wallet/', meera.token)
  const statement = listOf((await api.get('/api/wallet/transactions/?page_size=100', meera.token))['results']).reverse()
  const tax = listOf((await api.get('/api/compliance/tds/', meera.token))['results'])[0]
  const sum = statement.reduce((total, row) => total + parseRupees(row['amount'], { allowNegative: true }), 0n)
  return {
    statement,
    balance: String(wallet['balance']),
    checks: [
      {
        what: 'rows of the statement sum to the balance',
        expected: String(wallet['balance']),
        actual: formatRupees(sum),
      },
      { what: 'pairs and bonuses', expected: '4300.00', actual: String(before['balance']) },
      { what: 'tax of the year', expected: String(done['tds_amount']), actual: String(objectOf(tax)['tds_deducted']) },
      { what: 'transfer + EMI + tax', expected: '3000.00', actual: parts(done) },
      { what: 'balance after the payout', expected: '1300.00', actual: String(wallet['balance']) },
    ],
  }
}

const payoutRequest = {
  requested_amount: '3000.00',
  bank_name: 'HDFC Bank',
  account_number: '123456789012',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Meera Iyer',
  emi_auto_filled: true,
}

const parts = (payout: Record<string, unknown>) =>
  formatRupees(
    ['transfer_amount', 'emi_amount', 'tds_amount'].reduce((total, name) => total + parseRupees(payout[name]), 0n),
  )

async function book(
  api: ApiClient,
  { token }: Person,
  { cheapest, amount, emiMonths }: { cheapest: boolean; amount: string; emiMonths: number | null },
): Promise<{ id: number; total: string; vehicle: string }> {
  const ordering = cheapest ? 'price' : '-price'
  const vehicles = listOf((await api.get(`/api/inventory/vehicles/?status=available&ordering=${ordering}`))['results'])
  const vehicle = objectOf(vehicles[0])
  const booking = await api.post(
    '/api/booking/bookings/',
    {
      vehicle_model: vehicle['id'],
      booking_amount: amount,
      payment_option: emiMonths === null ? 'full_payment' : 'emi_options',
      ...(emiMonths !== null && { emi_duration_months: emiMonths }),
      terms_accepted: true,
    },
    token,
  )
  return { id: Number(booking['id']), total: String(booking['total_amount']), vehicle: String(vehicle['name']) }
}

async function pay(
  api: ApiClient,
  { token }: Person,
  { bookingId, amount }: { bookingId: number; amount: string },
): Promise<void> {
  await api.post(`/api/booking/bookings/${bookingId}/make_payment/`, { amount, payment_method: 'online' }, token)
}
