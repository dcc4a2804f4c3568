import { reviewKyc, submitKyc } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { actor } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  test('each rejection of the same papers is told once, however often its message comes', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const { deps } = platform
    const [asha, reviewer] = [await platform.aMember(), await platform.aMember()]
    const submit = () =>
      submitKyc(deps, {
        actor: actor(asha.id),
        panNumber: 'ABCPE1234F',
        aadhaarNumber: '234123412346',
        address: { addressLine1: '', addressLine2: '', city: '', state: '', pincode: '', country: 'India' },
        bankAccount: null,
        files: { pan_document: null, aadhaar_front: null, aadhaar_back: null },
      })
    for (const reason of ['Unclear', 'Still unclear']) {
      const { row } = await submit()
      const verdict = { status: 'rejected', reason } as const
      await reviewKyc(deps, { actor: actor(reviewer.id, 'admin'), kycId: row.id, verdict })
      await platform.deliverAll({ copies: 3 })
    }
    const notices = await deps.db.read.notification.findMany({ where: { userId: asha.id }, orderBy: { id: 'asc' } })
    const rejections = notices.filter(({ title }) => title === 'Identity check rejected')
    expect(rejections.map(({ message }) => message)).toEqual([
      'Your identity papers were rejected. Reason: Unclear',
      'Your identity papers were rejected. Reason: Still unclear',
    ])
    expect(notices).toHaveLength(4)
  })
})
