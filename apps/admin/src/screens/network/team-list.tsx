import { Card, CardContent, Stack, Typography } from '@mui/material'
import { DataTable, SearchInput, SelectInput } from 'react-admin'
import { Facts } from '../../show/facts.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { networkAddress } from './address.ts'
import { figure, membersIn, type TreeNode } from './tree/node-state.ts'

const legs = [
  { id: 'left', name: 'Left' },
  { id: 'right', name: 'Right' },
]

const filters = [
  <SearchInput key="search" source="search" alwaysOn placeholder="Name, code, e-mail or mobile" />,
  <SelectInput key="side" source="side" label="Leg" choices={legs} alwaysOn />,
]

/** Everyone below a position, each before those below: the picture as a table. A row opens the list at that member. */
export function TeamList({ root }: { root: TreeNode }) {
  return (
    <Stack spacing={2}>
      <Card>
        <CardContent>
          <Facts
            facts={[
              ['Member', `${root.user_name}, ${root.referral_code}`],
              ['Left leg', `${membersIn(root.left_team)}, ${figure(root.left_count)} unmatched`],
              ['Right leg', `${membersIn(root.right_team)}, ${figure(root.right_count)} unmatched`],
              ['Pairs', figure(root.pairs_matched)],
            ]}
          />
        </CardContent>
      </Card>
      <Typography variant="h6" component="h3">
        Everyone below
      </Typography>
      <Listing
        resource="team"
        filters={filters}
        filter={{ node: root.id }}
        storeKey={false}
        empty="Nobody is below this member yet."
      >
        <DataTable bulkActionButtons={false} rowClick={(id) => networkAddress({ node: Number(id), view: 'list' })}>
          <DataTable.Col source="user_name" label="Member" disableSort />
          <DataTable.Col source="referral_code" label="Code" disableSort />
          <DataTable.Col label="Leg" disableSort render={({ side }) => (side === 'left' ? 'Left' : 'Right')} />
          <DataTable.Col
            source="levels_below"
            label="Levels below"
            disableSort
            cellClassName="figures"
            headerClassName="figures"
          />
          <DataTable.Col
            label="Is"
            disableSort
            render={({ is_active_buyer }) => (is_active_buyer ? <StatusChip status="active" /> : '—')}
          />
          <DataTable.Col source="joined_at" label="Placed" disableSort>
            <InstantField source="joined_at" />
          </DataTable.Col>
        </DataTable>
      </Listing>
    </Stack>
  )
}
