import { Button } from '@mui/material'
import { api, ask } from '../../api/client.ts'
import { FlagInput } from '../../show/flag-input.tsx'
import { Listing } from '../../show/listing.tsx'
import { useAction } from '../../show/use-action.ts'
import { NotificationTable } from './notification-table.tsx'

const filters = [<FlagInput key="read" source="is_read" label="Read" alwaysOn />]

export default function NotificationList() {
  const { isBusy, act } = useAction()
  const readAll = () => act(() => ask(api.POST('/notifications/mark_all_read/')), 'All are marked as read.')
  return (
    <Listing
      filters={filters}
      canExport={false}
      empty="Nothing has been told to you yet."
      actions={
        <Button size="small" disabled={isBusy} onClick={() => void readAll()}>
          Mark all as read
        </Button>
      }
    >
      <NotificationTable />
    </Listing>
  )
}
