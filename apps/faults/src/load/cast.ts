import { type Environment, join, runCommand } from '@ev/e2e'
import type { Ask, PatientClient } from './patient-client.ts'
import type { Receipts } from './receipts.ts'

/** A member as the clients know one. */
export type Person = {
  readonly id: number
  readonly token: string
  readonly referralCode: string
  readonly referrerId: number | null
}

/** Who and what the load plays with. `people` grows as members join. */
export type Cast = {
  readonly admin: Person
  readonly vehicleId: number
  readonly people: Person[]
}

const vehiclePrice = '100000.00'
const firstMembers = 6

/** Makes an admin by the operators' command, a vehicle, a first member and some below her. */
export async function setTheScene({
  url,
  env,
  receipts,
}: {
  url: string
  env: Environment
  receipts: Receipts
}): Promise<Cast> {
  const email = 'admin@example.com'
  receipts.addresses.add(email)
  const made = await runCommand('create-superuser', { env, args: ['--email', email] })
  if (made.code !== 0) throw new Error(made.output)
  const admin = { ...(await join(url, { email, referralCode: null })), referrerId: null }
  const vehicle = await fetch(`${url}/api/inventory/vehicles/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${admin.token}` },
    body: JSON.stringify({ name: 'Vayu Max', price: vehiclePrice }),
  })
  if (vehicle.status !== 201) throw new Error(await vehicle.text())
  const { id: vehicleId } = (await vehicle.json()) as { id: number }
  const people: Person[] = []
  for (let n = 0; n < firstMembers; n += 1) {
    const sponsor = n === 0 ? null : people[Math.floor((n - 1) / 2)]!
    const address = `first-${n}@example.com`
    receipts.addresses.add(address)
    const joined = await join(url, { email: address, referralCode: sponsor?.referralCode ?? null })
    const person = { ...joined, referrerId: sponsor?.id ?? null }
    receipts.members.set(person.id, { id: person.id, email: address, referrerId: person.referrerId })
    people.push(person)
  }
  return { admin, vehicleId, people }
}

/** Lets a new member join below `sponsor` by a code out of the mailbox; null when something went wrong on the way, and nobody knows how far it went. */
export async function joinBelow(
  { client, url, receipts }: { client: PatientClient; url: string; receipts: Receipts },
  { email, sponsor }: { email: string; sponsor: Person },
): Promise<Person | null> {
  const identity = { identifier: email, otp_type: 'email' }
  const post = (path: string, body: unknown): Ask => ({ method: 'POST', path, body })
  receipts.addresses.add(email)
  if ((await client.askOnce(url, post('/api/auth/send-otp/', identity))) === null) return null
  const code = await codeFor(url, email)
  if (code === null) return null
  const body = { ...identity, otp_code: code, referral_code: sponsor.referralCode }
  const session = await client.askOnce(url, post('/api/auth/verify-otp/', body))
  if (session === null) return null
  const user = session['user'] as { id: number; referral_code: string }
  receipts.members.set(user.id, { id: user.id, email, referrerId: sponsor.id })
  return {
    id: user.id,
    token: String(session['access_token']),
    referralCode: user.referral_code,
    referrerId: sponsor.id,
  }
}

/** The mailbox is the memory of one process and goes with it. */
async function codeFor(url: string, email: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/dev/mailbox.json?to=${encodeURIComponent(email)}`, {
      signal: AbortSignal.timeout(5_000),
    })
    const [newest] = (await answer.json()) as { text: string }[]
    return /\b\d{6}\b/.exec(newest?.text ?? '')?.[0] ?? null
  } catch {
    return null
  }
}
