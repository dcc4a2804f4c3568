import { DataTable } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { InstantField } from '../../show/instant.tsx'
import { StatusChip } from '../../show/status-chip.tsx'

export function NotificationTable() {
  return (
    <DataTable<Row<'/notifications/'>> rowClick={false} bulkActionButtons={false}>
      <DataTable.Col source="created_at" label="When" disableSort>
        <InstantField source="created_at" />
      </DataTable.Col>
      <DataTable.Col source="title" disableSort />
      <DataTable.Col source="message" disableSort />
      <DataTable.Col
        label="State"
        disableSort
        render={({ is_read }) => <StatusChip status={is_read ? 'read' : 'unread'} />}
      />
    </DataTable>
  )
}
