import type { ReactNode } from 'react'
import { DataTable } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { InstantField } from '../../show/instant.tsx'

export type Session = Row<'/auth/sessions/'>

/** Sessions that hold: where from, since when; `end` is what can be done about one. */
export function SessionTable({ end }: { end?: (session: Session) => ReactNode }) {
  return (
    <DataTable<Session> rowClick={false} bulkActionButtons={false}>
      <DataTable.Col label="From" disableSort render={({ ip_address }) => ip_address ?? '—'} />
      <DataTable.Col label="With" disableSort render={({ user_agent }) => user_agent ?? '—'} />
      <DataTable.Col source="created_at" label="Since" disableSort>
        <InstantField source="created_at" />
      </DataTable.Col>
      <DataTable.Col source="last_used_at" label="Last renewed" disableSort>
        <InstantField source="last_used_at" />
      </DataTable.Col>
      <DataTable.Col source="expires_at" label="Ends" disableSort>
        <InstantField source="expires_at" />
      </DataTable.Col>
      {end && <DataTable.Col label="Action" disableSort render={end} />}
    </DataTable>
  )
}
