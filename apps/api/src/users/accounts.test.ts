import { eachDatabase } from '@ev/db/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let superuser: Caller
  let admin: Caller
  let staff: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    superuser = await api.aSuperuser()
    admin = await api.aColleague('admin')
    staff = await api.aColleague('staff')
  })
  const idsOf = async (path: string, by: Caller) => {
    const { body } = await api.get(path, by).expect(200)
    expect(body.count).toBe(body.results.length)
    return body.results.map(({ id }: { id: number }) => id)
  }
  const patch = (id: number, by: Caller, body: object) =>
    api.http.patch(`/api/users/${id}/`).set('Authorization', by.authorization).send(body)
  const audited = async (action: string, subject: Caller) =>
    (await api.auditLines()).filter((line) => line.action === action && line.subjectId === String(subject.id))

  describe('the list of accounts', () => {
    test('shows all to admins and members to staff, whatever is asked for', async () => {
      const member = await api.aMember()
      const all = await idsOf('/api/users/?page_size=100', admin)
      expect(all).toEqual(expect.arrayContaining([superuser.id, admin.id, staff.id, member.id]))
      const seenByStaff = await idsOf('/api/users/?page_size=100', staff)
      expect(seenByStaff).toContain(member.id)
      for (const { id } of [superuser, admin, staff]) expect(seenByStaff).not.toContain(id)
      expect(await idsOf('/api/users/?role=admin', staff)).toEqual([])
      expect(await idsOf('/api/users/?role=staff', admin)).toEqual([staff.id])
      expect(await idsOf('/api/users/admins/?ordering=id', admin)).toEqual([superuser.id, admin.id])
      expect(await idsOf('/api/users/staff/', admin)).toEqual([staff.id])
      expect(await idsOf('/api/users/normal/?page_size=100', staff)).toEqual(seenByStaff)
      await api.get('/api/users/admins/', staff).expect(403)
      await api.get('/api/users/staff/', staff).expect(403)
      await api.get('/api/users/', member).expect(403)
    })

    test('is filtered, searched, ordered and paged', async () => {
      const member = await api.aMember()
      await api.deps.db.transaction((tx) =>
        tx.user.update({
          where: { id: member.id },
          data: { isActiveBuyer: true, isDistributor: true, firstName: 'Zubin' },
        }),
      )
      expect(await idsOf('/api/users/?is_active_buyer=true&is_distributor=true', staff)).toEqual([member.id])
      expect(await idsOf('/api/users/?search=zub', staff)).toEqual([member.id])
      expect(await idsOf(`/api/users/?search=${member.referralCode.toLowerCase()}`, admin)).toEqual([member.id])
      expect(await idsOf(`/api/users/?search=${member.email}`, admin)).toEqual([member.id])
      expect(await idsOf('/api/users/?search=%25', admin)).toEqual([])
      expect(await idsOf('/api/users/?date_joined_after=2026-11-21', admin)).toEqual([])
      expect(await idsOf('/api/users/?date_joined_before=2026-11-19', admin)).toEqual([])
      expect((await idsOf('/api/users/?date_joined_before=2026-11-20&page_size=100', admin)).length).toBeGreaterThan(3)
      const page = await api.get('/api/users/?ordering=-id&page_size=1', admin).expect(200)
      expect(page.body).toMatchObject({ results: [{ id: member.id }], previous: null, next: expect.any(String) })
      expect(await idsOf(`/api/users/?ids=${member.id},999999,${admin.id}&ordering=id`, admin)).toEqual([
        admin.id,
        member.id,
      ])
      expect(await idsOf(`/api/users/?ids=${member.id},${admin.id}`, staff)).toEqual([member.id])
      expect(await idsOf(`/api/users/?ids=${admin.id}&search=zub`, admin)).toEqual([])
      for (const query of ['ids=', 'ids=1,,2', 'ids=one', `ids=${Array(101).fill(1).join()}`]) {
        const { body } = await api.get(`/api/users/?${query}`, admin).expect(400)
        expect(Object.keys(body.errors)).toEqual(['ids'])
      }
      for (const query of ['ordering=password', 'ordering=id;DROP', 'role=owner', 'is_active=perhaps', 'page=0']) {
        await api.get(`/api/users/?${query}`, admin).expect(400)
      }
    })
  })

  describe('one account', () => {
    test('is shown to those who may see it; any other is like none', async () => {
      const member = await api.aMember()
      const { body } = await api.get(`/api/users/${member.id}/`, staff).expect(200)
      expect(body).toMatchObject({ id: member.id, email: member.email, is_active: true, is_superuser: false })
      await api.get(`/api/users/${admin.id}/`, superuser).expect(200)
      const hidden = await api.get(`/api/users/${admin.id}/`, staff).expect(404)
      const absent = await api.get('/api/users/2000000000/', staff).expect(404)
      expect(hidden.body.code).toBe('user.not_found')
      expect({ ...hidden.body, instance: '', request_id: '' }).toEqual({ ...absent.body, instance: '', request_id: '' })
      await api.get(`/api/users/${member.id}/`, member).expect(403)
      await patch(member.id, staff, { city: 'Pune' }).expect(403)
      await patch(member.id, member, { city: 'Pune' }).expect(403)
    })

    test('is changed by an admin in what the body names, and the audit names the fields only', async () => {
      const member = await api.aMember()
      const change = { first_name: 'Asha', city: 'Pune', is_distributor: true }
      const ignored = {
        email: 'x@example.com',
        is_superuser: true,
        is_active: false,
        balance: '1.00',
        referral_code: 'X',
      }
      const { body } = await patch(member.id, admin, { ...change, ...ignored }).expect(200)
      expect(body).toMatchObject({ ...change, email: member.email, is_superuser: false, is_active: true, role: 'user' })
      const [line, ...more] = await audited('user.updated', member)
      expect(line).toMatchObject({ actorId: admin.id, details: { fields: 'firstName city isDistributor' } })
      await patch(member.id, admin, change).expect(200)
      expect(more).toEqual([])
      expect(await audited('user.updated', member)).toHaveLength(1)
      await api.get('/api/users/profile/', member).expect(200)
      await patch(2_000_000_000, admin, change).expect(404)
      await patch(member.id, admin, { date_of_birth: '2020-01-01' }).expect(400)
      await patch(member.id, admin, { role: 'owner' }).expect(400)
    })

    test('with another role loses its sessions, and what the old role could see', async () => {
      const colleague = await api.aColleague('staff')
      await api.get('/api/users/', colleague).expect(200)
      const { body } = await patch(colleague.id, admin, { role: 'user' }).expect(200)
      expect(body.role).toBe('user')
      expect((await api.get('/api/users/profile/', colleague).expect(401)).body.code).toBe('auth.session_revoked')
      await api.http.post('/api/auth/refresh/').send({ refresh: colleague.refresh }).expect(401)
      api.clock.advance(31_000)
      await api.get('/api/users/', await api.login(colleague.email)).expect(403)
      expect(await audited('user.updated', colleague)).toMatchObject([{ details: { from: 'staff', to: 'user' } }])
    })

    test('of an admin is changed by superusers only, and admins are made by superusers only', async () => {
      const member = await api.aMember()
      const other = await api.aColleague('admin')
      await patch(other.id, admin, { city: 'Pune' }).expect(403)
      await patch(other.id, admin, { role: 'user' }).expect(403)
      await patch(member.id, admin, { role: 'admin' }).expect(403)
      await patch(member.id, superuser, { role: 'admin' }).expect(200)
      expect((await patch(superuser.id, superuser, { role: 'user' }).expect(409)).body.code).toBe('user.own_account')
    })
  })

  describe('closing an account', () => {
    const close = (id: number, by: Caller) => api.post(`/api/users/${id}/deactivate/`, by)
    const open = (id: number, by: Caller) => api.post(`/api/users/${id}/activate/`, by)

    test('ends all sessions at once and for new log-ins, until it is opened again; both are audited', async () => {
      const member = await api.aMember()
      expect((await close(member.id, admin).expect(200)).body.is_active).toBe(false)
      await close(member.id, admin).expect(200)
      await api.get('/api/users/profile/', member).expect(401)
      await api.http.post('/api/auth/refresh/').send({ refresh: member.refresh }).expect(401)
      api.clock.advance(31_000)
      const who = { identifier: member.email, otp_type: 'email' }
      await api.http.post('/api/auth/send-otp/').send(who).expect(200)
      const login = { ...who, otp_code: api.codeFor(member.email) }
      const refused = await api.http.post('/api/auth/verify-otp/').send(login).expect(401)
      expect(refused.body.code).toBe('auth.account_inactive')
      expect(await idsOf('/api/users/?is_active=false', admin)).toContain(member.id)
      expect((await open(member.id, admin).expect(200)).body.is_active).toBe(true)
      await open(member.id, admin).expect(200)
      expect((await api.get('/api/users/profile/', member).expect(401)).body.code).toBe('auth.session_revoked')
      api.clock.advance(31_000)
      await api.login(member.email)
      expect(await audited('user.deactivated', member)).toHaveLength(1)
      expect(await audited('user.activated', member)).toHaveLength(1)
    })

    test('is not for one’s own, nor for an admin’s by an admin, nor for staff and members', async () => {
      const member = await api.aMember()
      const other = await api.aColleague('admin')
      expect((await close(superuser.id, superuser).expect(409)).body.code).toBe('user.own_account')
      await close(other.id, admin).expect(403)
      await close(member.id, staff).expect(403)
      await close(member.id, member).expect(403)
      await open(member.id, staff).expect(403)
      await close(other.id, superuser).expect(200)
      await open(other.id, admin).expect(403)
      await close(2_000_000_000, admin).expect(404)
    })

    test('of two superusers who close each other’s at once leaves one', async () => {
      const second = await api.aSuperuser()
      const answers = await Promise.all([close(second.id, superuser), close(superuser.id, second)])
      const active = await api.deps.db.read.user.count({ where: { isSuperuser: true, isActive: true } })
      expect(active).toBe(1)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    })
  })
})
