import { Box, Tooltip } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { Facts } from '../../show/facts.tsx'
import { InstantField } from '../../show/instant.tsx'
import { ActorName } from '../../show/member-link.tsx'
import { statusLabel } from '../../show/status-chip.tsx'

type Line = Row<'/admin/audit-log/'>

/** Lines of the audit log; one opens to its details and hash. */
export function AuditTable() {
  return (
    <DataTable<Line> rowClick={false} bulkActionButtons={false} expand={<Details />}>
      <DataTable.Col source="created_at" label="When" disableSort>
        <InstantField source="created_at" />
      </DataTable.Col>
      <DataTable.Col label="Who" disableSort render={({ actor }) => <ActorName id={actor} />} />
      <DataTable.Col label="What" disableSort render={({ action }) => action} />
      <DataTable.Col
        label="About"
        disableSort
        render={({ subject_type, subject_id }) => `${statusLabel(subject_type)} ${subject_id}`}
      />
      <DataTable.Col label="From" disableSort render={({ ip_address }) => ip_address ?? '—'} />
      <DataTable.Col
        label="Line"
        disableSort
        render={({ is_intact, hash }) => (
          <Tooltip title={hash} describeChild>
            <Box component="span" sx={{ color: is_intact ? 'success.main' : 'error.main', fontWeight: 600 }}>
              {is_intact ? 'Intact' : 'Changed'}
            </Box>
          </Tooltip>
        )}
      />
    </DataTable>
  )
}

function Details(props: { record?: Line }) {
  const { record } = props
  if (!record) return null
  return (
    <Box sx={{ py: 1 }}>
      <Facts
        facts={[
          ...Object.entries(record.details).map(([name, value]) => [statusLabel(name), plain(value)] as const),
          ['Request', record.request_id],
          ['Hash', <code key="hash">{record.hash}</code>],
        ]}
      />
    </Box>
  )
}

const plain = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '—')
