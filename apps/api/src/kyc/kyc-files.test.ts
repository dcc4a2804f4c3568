import { eachDatabase } from '@ev/db/testing'
import { createMemoryFileStore } from '@ev/runtime'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
import { nomineeOf, papersOf, pdf, png } from '../testing/papers.ts'

type Files = Readonly<Record<string, Buffer>>

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  const files = createMemoryFileStore()
  let papers = 0
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database, {}, { files })
    staff = await api.aColleague('staff')
  })

  /** Sends a form. Every file claims to be something else than it is, which must not matter. */
  function send(path: string, by: Caller, fields: object, sent: Files) {
    const form = api.http.post(path).set('Authorization', by.authorization)
    for (const [name, value] of Object.entries(fields)) form.field(name, String(value))
    for (const [name, content] of Object.entries(sent)) {
      form.attach(name, content, { filename: '../../evil.html', contentType: 'text/html' })
    }
    return form
  }
  const submit = (by: Caller, sent: Files, fields: object = papersOf(++papers)) =>
    send('/api/users/kyc/', by, fields, sent)
  const name = (by: Caller, sent: Files) => send('/api/users/nominee/', by, nomineeOf(++papers), sent)
  const reject = (path: string) => api.post(`${path}reject/`, staff, { reason: 'Unclear' }).expect(200)
  const load = (path: string, by: Caller) => api.get(path, by).responseType('blob')
  const actionsOf = async (type: string, id: number) =>
    (await api.auditLines())
      .filter(({ subjectType, subjectId }) => subjectType === type && subjectId === String(id))
      .map(({ actorId, action, details }) => [actorId, action, details])

  test('pictures and scans come with the papers and leave as attachments only', async () => {
    const member = await api.aMember()
    const { body } = await submit(member, { pan_document: pdf(), aadhaar_front: png, aadhaar_back: png }).expect(201)
    const base = `/api/v1/users/kyc/${body.id}/files`
    expect(body).toMatchObject({
      pan_document: `${base}/pan_document/`,
      aadhaar_front: `${base}/aadhaar_front/`,
      aadhaar_back: `${base}/aadhaar_back/`,
    })
    const answer = await load(body.pan_document, member).expect(200)
    expect(answer.body).toEqual(pdf())
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename=kyc-${body.id}-pan_document.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    const picture = await load(body.aadhaar_front, member).expect(200)
    expect(picture.headers['content-type']).toBe('image/png')
    expect(picture.headers['content-disposition']).toBe(`attachment; filename=kyc-${body.id}-aadhaar_front.png`)
    expect(picture.body.subarray(1, 4).toString()).toBe('PNG')
    for (const key of files.keys()) expect(key).toMatch(/^kyc\/[0-9a-f-]{36}\.(pdf|png)$/)
  })

  test('staff see the files, and the audit log remembers each look', async () => {
    const member = await api.aMember()
    const { body } = await submit(member, { pan_document: pdf() }).expect(201)
    await load(body.pan_document, staff).expect(200)
    await load(body.pan_document, member).expect(200)
    await load(body.pan_document.replace('pan_document', 'aadhaar_back'), staff).expect(404)
    expect(await actionsOf('kyc', body.id)).toEqual([
      [staff.id, 'kyc.file_read', { userId: member.id, file: 'pan_document' }],
    ])
  })

  test('somebody else finds nothing, whatever they guess', async () => {
    const [owner, other] = [await api.aMember(), await api.aMember()]
    const { body } = await submit(owner, { pan_document: pdf() }).expect(201)
    expect((await load(body.pan_document, other).expect(404)).headers['content-type']).toMatch('problem+json')
    expect((await api.get(body.pan_document, other)).body.code).toBe('kyc.not_found')
    await api.http.get(body.pan_document).expect(401)
    const [key] = files.keys().filter((one) => one.startsWith('kyc/'))
    for (const path of [`/media/${key}`, `/media/vehicles/../${key}`, `/media/vehicles/%2e%2e%2f${key}`, `/${key}`]) {
      await api.get(path, other).expect(404)
    }
    const folder = `/api/users/kyc/${body.id}/files`
    for (const guess of ['bank_passbook', '..%2f..%2fetc%2fpasswd', 'pan_document.pdf', '__proto__', '%00']) {
      const answer = await api.get(`${folder}/${guess}/`, owner)
      expect([guess, answer.status]).toEqual([guess, answer.status === 400 ? 400 : 404])
    }
    expect((await api.get(`${folder}/aadhaar_front/`, owner).expect(404)).body.code).toBe('kyc.file_not_found')
  })

  test('of files that are sent again the older ones go, and those left out stay', async () => {
    const member = await api.aMember()
    const before = new Set(files.keys())
    const { body } = await submit(member, { pan_document: pdf('/A 1'), aadhaar_front: png }).expect(201)
    await reject(`/api/users/kyc/${body.id}/`)
    await submit(member, { pan_document: pdf('/A 2') }).expect(200)
    expect((await load(body.pan_document, member).expect(200)).body).toEqual(pdf('/A 2'))
    await load(body.aadhaar_front, member).expect(200)
    expect(files.keys().filter((key) => !before.has(key))).toHaveLength(2)
  })

  test('a refused submission leaves no file behind', async () => {
    const member = await api.aMember()
    const taken = papersOf(++papers)
    await submit(member, { pan_document: pdf() }, taken).expect(201)
    const before = files.keys()
    await submit(member, { pan_document: pdf('/B 1') }).expect(409)
    const rival = await api.aMember()
    await submit(rival, { pan_document: pdf('/B 2') }, taken).expect(409)
    await submit(rival, { pan_document: pdf('/B 3') }, { ...papersOf(++papers), pan_number: 'x' }).expect(400)
    expect(files.keys()).toEqual(before)
  })

  describe('refuses', () => {
    test.each([
      ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ['a GIF', Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1')],
      ['a PDF with a script', pdf('/S/JavaScript')],
      ['a picture cut short', png.subarray(0, 40)],
      ['something behind a PDF', Buffer.concat([pdf(), Buffer.from('<html>')])],
    ])('%s', async (_, content) => {
      const before = files.keys()
      const { body } = await submit(await api.aMember(), { aadhaar_front: png, aadhaar_back: content }).expect(400)
      expect(Object.keys(body.errors)).toEqual(['aadhaar_back'])
      expect(files.keys()).toEqual(before)
    })

    test('a file that is too large, one too many, and one that is not asked for', async () => {
      const member = await api.aMember()
      await submit(member, { pan_document: Buffer.concat([pdf(), Buffer.alloc(5_000_001)]) }).expect(413)
      await submit(member, { bank_passbook: pdf() }).expect(400)
      await submit(member, { pan_document: pdf() }).attach('pan_document', pdf(), 'x.pdf').expect(400)
      await api.get('/api/users/kyc/', member).expect(404)
    })
  })

  test('a nominee’s document is loaded by the member and by staff, and goes with the nominee', async () => {
    const [member, other] = [await api.aMember(), await api.aMember()]
    const { body } = await name(member, { id_proof_document: pdf('/N 1') }).expect(201)
    expect(body.id_proof_document).toBe(`/api/v1/users/nominee/${body.id}/files/id_proof_document/`)
    const answer = await load(body.id_proof_document, member).expect(200)
    expect(answer.body).toEqual(pdf('/N 1'))
    expect(answer.headers).toMatchObject({
      'content-disposition': `attachment; filename=nominee-${body.id}.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await api.get(body.id_proof_document, other).expect(404)).body.code).toBe('nominee.not_found')
    await load(body.id_proof_document, staff).expect(200)
    expect(await actionsOf('nominee', body.id)).toEqual([[staff.id, 'nominee.file_read', { userId: member.id }]])
    const before = files.keys().length
    expect((await name(member, {}).expect(200)).body.id_proof_document).toBeNull()
    expect(files.keys()).toHaveLength(before - 1)
    expect((await api.get(body.id_proof_document, member).expect(404)).body.code).toBe('nominee.file_not_found')
  })
})
