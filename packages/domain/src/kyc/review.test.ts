import { expect, test } from 'vitest'
import { submitKyc } from './kyc.ts'
import { decideReview, type Review, type ReviewStatus, submittedAt } from './review.ts'

const now = new Date('2026-11-25T06:00:00.000Z')
const later = new Date('2026-11-26T06:00:00.000Z')
const owner = { ownerId: 7, accountMakerId: 8 }

const papers = (status: ReviewStatus): Review & typeof owner => ({ ...submittedAt(now), status, ...owner })
const refusal = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    return Reflect.get(Object(error), 'code')
  }
  return null
}

test('a verdict says who gave it and when, and a rejection why', () => {
  const approved = decideReview('kyc', papers('pending'), { reviewerId: 1, verdict: { status: 'approved' } }, later)
  expect(approved).toEqual({
    status: 'approved',
    submittedAt: now,
    reviewedAt: later,
    reviewedById: 1,
    rejectionReason: '',
  })
  const verdict = { status: 'rejected', reason: 'Unclear' } as const
  const rejected = decideReview('nominee', papers('pending'), { reviewerId: 1, verdict }, later)
  expect(rejected).toMatchObject({ status: 'rejected', rejectionReason: 'Unclear' })
})

test.each([
  ['pending', 1, null],
  ['approved', 1, 'kyc.transition_refused'],
  ['rejected', 1, 'kyc.transition_refused'],
  ['pending', 7, 'kyc.self_review'],
  ['pending', 8, 'kyc.self_review'],
  ['approved', 7, 'kyc.self_review'],
] as const)('papers that are %s, judged by %i: %s', (status, reviewerId, code) => {
  for (const verdict of [{ status: 'approved' }, { status: 'rejected', reason: 'x' }] as const) {
    expect(refusal(() => decideReview('kyc', papers(status), { reviewerId, verdict }, later))).toBe(code)
  }
})

test.each([
  [null, null],
  ['rejected', null],
  ['pending', 'kyc.transition_refused'],
  ['approved', 'kyc.read_only'],
] as const)('a submission over papers that are %s: %s', (status, code) => {
  const current = status === null ? null : { status }
  expect(refusal(() => submitKyc(current, now))).toBe(code)
  if (code === null) expect(submitKyc(current, now)).toEqual(submittedAt(now))
})
