import { tdsRecords } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownerUnlessAdmin } from '../deps.ts'

/**
 * Gives a tax record its certificate number, once and for ever, and answers the record. Refuses with `tds.not_found`, for anyone else's as well unless
 * the actor is an admin.
 */
export function issueCertificate(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, recordId }: { actor: Actor; recordId: number },
): Promise<tdsRecords.TdsRecordRow> {
  return deps.db.transaction(async (tx) => {
    const record = await tdsRecords.lock(tx, recordId, { ownedBy: ownerUnlessAdmin(actor) })
    if (record.certificateNumber !== null) return record
    const certificateNumber = `TDS-${record.financialYear}-${String(record.id).padStart(6, '0')}`
    const issued = await tdsRecords.setCertificate(tx, record.id, { certificateNumber, now: deps.clock.now() })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'tds.certificate_issued',
      subject: { type: 'tds_record', id: record.id },
      details: { certificate_number: certificateNumber },
    })
    return issued
  })
}
