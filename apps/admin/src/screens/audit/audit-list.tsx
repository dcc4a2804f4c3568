import { DateInput, TextInput } from 'react-admin'
import { Listing } from '../../show/listing.tsx'
import { AuditTable } from './audit-table.tsx'
import { ChainCheck } from './chain-check.tsx'

const filters = [
  <TextInput key="action" source="action" label="Action" helperText={false} alwaysOn resettable />,
  <TextInput key="type" source="subject_type" label="About (kind)" helperText={false} alwaysOn resettable />,
  <TextInput key="subject" source="subject_id" label="About (id)" helperText={false} resettable />,
  <TextInput key="actor" source="actor" label="By (account id)" helperText={false} resettable />,
  <DateInput key="after" source="created_after" label="From" helperText={false} />,
  <DateInput key="before" source="created_before" label="Until" helperText={false} />,
]

export default function AuditList() {
  return (
    <Listing filters={filters} actions={<ChainCheck />} empty="Nobody has done anything yet that is remembered here.">
      <AuditTable />
    </Listing>
  )
}
