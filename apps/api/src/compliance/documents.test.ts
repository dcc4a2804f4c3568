import { eachDatabase } from '@ev/db/testing'
import { mostDocuments } from '@ev/domain'
import { createMemoryFileStore } from '@ev/runtime'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
import { pdf, png } from '../testing/papers.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  const files = createMemoryFileStore()
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database, {}, { files })
    staff = await api.aColleague('staff')
  })

  const upload = (by: Caller, fields: object = {}, content: Buffer | null = pdf()) => {
    const form = api.http.post('/api/compliance/documents/').set('Authorization', by.authorization)
    const all = { document_type: 'address_proof', title: 'Electricity bill', ...fields }
    for (const [name, value] of Object.entries(all)) if (value !== undefined) form.field(name, String(value))
    return content ? form.attach('file', content, 'bill.exe') : form
  }
  const verify = (by: Caller, id: number) => api.post(`/api/compliance/documents/${id}/verify/`, by)
  const remove = (by: Caller, id: number) =>
    api.http.delete(`/api/compliance/documents/${id}/`).set('Authorization', by.authorization)
  const list = async (by: Caller, query = '') =>
    (await api.get(`/api/compliance/documents/${query}`, by).expect(200)).body
  const actionsOf = async (id: number) =>
    (await api.auditLines())
      .filter(({ subjectType, subjectId }) => subjectType === 'document' && subjectId === String(id))
      .map(({ actorId, action }) => [actorId, action])

  test('a document is uploaded, verified by staff, told of, and then read-only', async () => {
    const member = await api.aMember()
    const forged = { is_verified: 'true', user: 1, verified_by: 1, content_type: 'text/html', file_key: 'x' }
    const { body } = await upload(member, { description: 'March', ...forged }).expect(201)
    expect(body).toEqual({
      id: expect.any(Number),
      user: member.id,
      user_name: '',
      document_type: 'address_proof',
      title: 'Electricity bill',
      description: 'March',
      file: `/api/v1/compliance/documents/${body.id}/download/`,
      content_type: 'application/pdf',
      size_bytes: pdf().length,
      is_verified: false,
      verified_by: null,
      verified_at: null,
      uploaded_at: api.clock.now().toISOString(),
    })
    expect((await api.get(`/api/compliance/documents/${body.id}/`, member).expect(200)).body).toEqual(body)
    const verified = (await verify(staff, body.id).expect(200)).body
    expect(verified).toMatchObject({ is_verified: true, verified_by: staff.id })
    expect((await verify(staff, body.id).expect(409)).body.code).toBe('document.read_only')
    expect((await remove(member, body.id).expect(409)).body.code).toBe('document.read_only')
    await api.settle()
    expect((await api.get('/api/notifications/', member)).body.results).toMatchObject([
      { title: 'Document verified', message: 'Your document “Electricity bill” was verified.' },
    ])
    expect(await actionsOf(body.id)).toEqual([[staff.id, 'document.verified']])
  })

  test('its file leaves as an attachment; a look of staff is remembered', async () => {
    const member = await api.aMember()
    const { body } = await upload(member, {}, png).expect(201)
    expect(body.content_type).toBe('image/png')
    const { headers } = await api.get(body.file, member).expect(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename=document-${body.id}.png`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(await actionsOf(body.id)).toEqual([])
    await api.get(body.file, staff).expect(200)
    expect(await actionsOf(body.id)).toEqual([[staff.id, 'document.file_read']])
  })

  test.each([
    [{ document_type: undefined }, pdf(), 'document_type'],
    [{ document_type: '<b>' }, pdf(), 'document_type'],
    [{ title: '' }, pdf(), 'title'],
    [{ description: 'x'.repeat(1_001) }, pdf(), 'description'],
    [{}, null, 'file'],
    [{}, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file'],
    [{}, pdf('/EmbeddedFile'), 'file'],
  ])('refuses %j with a file like %j', async (fields, content, field) => {
    const before = files.keys()
    const { body } = await upload(await api.aMember(), fields, content).expect(400)
    expect(Object.keys(body.errors)).toEqual([field])
    expect(files.keys()).toEqual(before)
  })

  test('JSON and files above 10 MB are refused', async () => {
    const member = await api.aMember()
    await api.post('/api/compliance/documents/', member, { document_type: 'x', title: 'x' }).expect(415)
    await upload(member, {}, Buffer.concat([pdf(), Buffer.alloc(10_000_000)])).expect(413)
  })

  test('one’s own are listed and filtered; somebody else’s are not there', async () => {
    const [owner, other] = [await api.aMember(), await api.aMember()]
    const { body: first } = await upload(owner).expect(201)
    const { body: second } = await upload(owner, { document_type: 'gst', title: 'GST' }).expect(201)
    await verify(staff, second.id).expect(200)
    const idsOf = ({ results }: { results: { id: number }[] }) => results.map(({ id }) => id)
    expect(idsOf(await list(owner))).toEqual([second.id, first.id])
    expect(idsOf(await list(owner, '?ordering=uploaded_at'))).toEqual([first.id, second.id])
    expect(idsOf(await list(owner, '?document_type=gst'))).toEqual([second.id])
    expect(idsOf(await list(owner, '?is_verified=false'))).toEqual([first.id])
    expect(await list(other, `?user=${owner.id}`)).toMatchObject({ count: 0, results: [] })
    expect(idsOf(await list(staff, `?user=${owner.id}&is_verified=true`))).toEqual([second.id])
    for (const path of [`/api/compliance/documents/${first.id}/`, first.file]) {
      expect((await api.get(path, other).expect(404)).body.code).toBe('document.not_found')
      await api.http.get(path).expect(401)
    }
    await verify(other, first.id).expect(403)
    await remove(other, first.id).expect(404)
    await remove(staff, first.id).expect(404)
  })

  test('nobody verifies their own, nor that of an account they made', async () => {
    const admin = await api.aColleague('admin')
    const { body: own } = await upload(admin).expect(201)
    expect((await verify(admin, own.id).expect(403)).body.code).toBe('document.self_review')
    const { body: made } = await upload(await api.aColleague('staff', admin.id)).expect(201)
    expect((await verify(admin, made.id).expect(403)).body.code).toBe('document.self_review')
    await verify(staff, own.id).expect(200)
    await verify(staff, 999_999).expect(404)
  })

  test('an unverified one is deleted with its file, once', async () => {
    const member = await api.aMember()
    const before = files.keys()
    const { body } = await upload(member).expect(201)
    const answers = await Promise.all(times(4, () => remove(member, body.id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404])
    expect(files.keys()).toEqual(before)
    await api.get(body.file, member).expect(404)
  })

  test('of many verifications and a deletion at once one happens', async () => {
    const member = await api.aMember()
    const { body } = await upload(member).expect(201)
    const answers = await Promise.all([...times(4, () => verify(staff, body.id)), remove(member, body.id)])
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  })

  test('a member keeps a limited number, also when they come together', async () => {
    const member = await api.aMember()
    const row = { userId: member.id, documentType: 'x', title: 'x', contentType: 'application/pdf', sizeBytes: 1 }
    const rows = times(mostDocuments - 1, (n) => ({
      ...row,
      fileKey: `documents/of-${member.id}-${n}.pdf`,
      uploadedAt: api.clock.now(),
    }))
    await api.deps.db.transaction((tx) => tx.complianceDocument.createMany({ data: rows }))
    const answers = await Promise.all(times(4, () => upload(member)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })
})
