import { Listing } from '../../show/listing.tsx'
import { AuditTable } from '../audit/audit-table.tsx'
import { NotificationTable } from '../notifications/notification-table.tsx'
import { SessionTable } from '../sessions/session-table.tsx'

export function SessionsTab({ userId }: { userId: number }) {
  return (
    <Listing resource="sessions" filter={{ user: userId }} canExport={false} empty="This member is signed in nowhere.">
      <SessionTable />
    </Listing>
  )
}

export function NotificationsTab({ userId }: { userId: number }) {
  return (
    <Listing resource="notifications" filter={{ user: userId }} empty="Nothing was told to this member yet.">
      <NotificationTable />
    </Listing>
  )
}

/** What admins and staff did to the account. */
export function AuditTab({ userId }: { userId: number }) {
  return (
    <Listing
      resource="audit-log"
      filter={{ subject_type: 'user', subject_id: String(userId) }}
      empty="Nothing was done to this account that is remembered here."
    >
      <AuditTable />
    </Listing>
  )
}
