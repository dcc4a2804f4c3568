import { type Chance, seededChance } from './chance.ts'
import { type Counts, hashLike, type NewRow, type TableRows, uuidLike, writtenAt } from './rows.ts'

const firstNames = ['Asha', 'Ravi', 'Meera', 'Arjun', 'Lakshmi', 'Imran', 'Kavya', 'Joseph', 'Priya', 'Suresh']
const lastNames = ['Nair', 'Sharma', 'Iyer', 'Khan', 'Das', 'Reddy', 'Patel', 'Thomas', 'Gupta', 'Rao', 'Singh']
const cities = ['Kochi', 'Pune', 'Chennai', 'Jaipur', 'Indore']
const addressed = {
  address_line1: '12 MG Road',

  state: 'Kerala',
  pincode: '682001',
}

/** Where a member of the large database gets their codes. */
export const emailOf = (id: number): string => `member${id}@example.com`
const mobileOf = (id: number) => `+91${9_000_000_000 + id}`

/** Members with their sessions and papers. The first colleagues are staff, so that reviews have a reviewer. */
export function memberTables(counts: Counts, seed: number): TableRows[] {
  return [
    { table: 'users', rows: users(counts, seededChance(seed)) },
    { table: 'sessions', rows: sessions(counts, seededChance(seed + 1)) },
    { table: 'kyc', rows: kyc(counts, seededChance(seed + 2)) },
    { table: 'nominees', rows: nominees(counts, seededChance(seed + 3)) },
    { table: 'compliance_documents', rows: documents(counts, seededChance(seed + 4)) },
  ]
}

/** The member who stands in for staff wherever a row names who did it. */
export const reviewerId = 7

function* users({ members }: Counts, chance: Chance): Generator<NewRow> {
  for (let id = 1; id <= members; id += 1) {
    const at = writtenAt(id, members)
    yield {
      id,
      username: `member${id}`,
      email: emailOf(id),
      mobile: mobileOf(id),
      first_name: chance.pick(firstNames),
      last_name: chance.pick(lastNames),
      ...addressed,
      city: chance.pick(cities),
      role: id === reviewerId || (id > busyCeiling && chance.happens(0.002)) ? 'staff' : 'user',
      is_distributor: chance.happens(0.2),
      is_active_buyer: chance.happens(0.5),
      is_active: !chance.happens(0.02) || id <= busyCeiling,
      referral_code: `R${String(id).padStart(8, '0')}`,
      referred_by_id: referrerOf(id, chance),
      date_joined: at,
      updated_at: at,
    }
  }
}

const busyCeiling = 10

// A tenth of all members were referred by one of the first few; the others by anyone who was there before them.
function referrerOf(id: number, chance: Chance): number | null {
  if (id <= busyCeiling) return null
  return chance.happens(0.1) ? 1 + chance.below(busyCeiling) : 1 + chance.below(id - 1)
}

function* sessions({ members }: Counts, chance: Chance): Generator<NewRow> {
  const count = Math.floor(members * 1.2)
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    yield {
      id,
      // The first member logs in from everywhere.
      user_id: id % 500 === 0 ? 1 : 1 + chance.below(members),
      token_id: uuidLike(1, id),
      created_at: at,
      last_used_at: at,
      expires_at: new Date(at.getTime() + 86_400_000),
      revoked_at: chance.happens(0.3) ? at : null,
    }
  }
}

const reviewed = (status: string, at: Date) => ({
  reviewed_at: status === 'pending' ? null : at,
  reviewed_by_id: status === 'pending' ? null : reviewerId,
  rejection_reason: status === 'rejected' ? 'The picture cannot be read.' : '',
})

const outcome = (chance: Chance) => (chance.happens(0.05) ? 'pending' : chance.happens(0.1) ? 'rejected' : 'approved')

function* kyc({ members }: Counts, chance: Chance): Generator<NewRow> {
  const count = Math.floor(members * 0.6)
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const status = outcome(chance)
    yield {
      id,
      user_id: id,
      status,
      pan_encrypted: hashLike(2, id),
      pan_hash: hashLike(3, id),
      pan_last4: '234F',
      aadhaar_encrypted: hashLike(4, id),
      aadhaar_hash: hashLike(5, id),
      aadhaar_last4: '1234',
      account_number_encrypted: hashLike(6, id),
      account_number_hash: hashLike(7, id),
      account_number_last4: '4321',
      ...addressed,
      city: chance.pick(cities),
      bank_name: 'State Bank of India',
      ifsc_code: 'SBIN0000001',
      account_holder_name: 'A Member',
      submitted_at: at,
      ...reviewed(status, at),
    }
  }
}

function* nominees({ members }: Counts, chance: Chance): Generator<NewRow> {
  const count = Math.floor(members * 0.4)
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const status = outcome(chance)
    yield {
      id,
      user_id: id,
      full_name: `${chance.pick(firstNames)} ${chance.pick(lastNames)}`,
      relationship: 'spouse',
      date_of_birth: '1990-01-31',
      mobile: mobileOf(500_000 + id),
      ...addressed,
      city: chance.pick(cities),
      status,
      submitted_at: at,
      created_at: at,
      updated_at: at,
      ...reviewed(status, at),
    }
  }
}

const documentTypes = ['agreement', 'gst_certificate', 'bank_statement', 'other']

function* documents({ members }: Counts, chance: Chance): Generator<NewRow> {
  const count = Math.floor(members * 0.3)
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const isVerified = chance.happens(0.8)
    yield {
      id,
      user_id: id % 500 === 0 ? 1 : 1 + chance.below(members),
      document_type: chance.pick(documentTypes),
      title: `Document ${id}`,
      file_key: `documents/${id}.pdf`,
      content_type: 'application/pdf',
      size_bytes: 20_000 + chance.below(100_000),
      is_verified: isVerified,
      verified_by_id: isVerified ? reviewerId : null,
      verified_at: isVerified ? at : null,
      uploaded_at: at,
    }
  }
}
