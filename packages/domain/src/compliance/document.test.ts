import { expect, test } from 'vitest'
import { mostDocuments, requireRoomForDocument, verifyDocument } from './document.ts'

const now = new Date('2026-11-25T06:00:00.000Z')
const document = { ownerId: 7, accountMakerId: 8, isVerified: false }
const withCode = (code: string) => expect.objectContaining({ code })

test('a document is verified once, by someone else', () => {
  expect(verifyDocument(document, { verifierId: 1 }, now)).toEqual({
    isVerified: true,
    verifiedById: 1,
    verifiedAt: now,
  })
  for (const verifierId of [7, 8]) {
    expect(() => verifyDocument(document, { verifierId }, now)).toThrow(withCode('document.self_review'))
  }
  const verified = { ...document, isVerified: true }
  expect(() => verifyDocument(verified, { verifierId: 1 }, now)).toThrow(withCode('document.read_only'))
})

test('a member keeps a limited number of documents', () => {
  expect(() => requireRoomForDocument(mostDocuments - 1)).not.toThrow()
  expect(() => requireRoomForDocument(mostDocuments)).toThrow(withCode('document.too_many'))
})
