import { Button } from '@mui/material'
import { useLogout } from 'react-admin'
import { api, ask } from '../../api/client.ts'
import { Listing } from '../../show/listing.tsx'
import { useAction } from '../../show/use-action.ts'
import { SessionTable } from './session-table.tsx'

const mostSessions = 100

const endSession = (id: number) => ask(api.DELETE('/auth/sessions/{id}/', { params: { path: { id } } }))

/** Ends the other sessions first, so that this one is still there to do it. */
async function endAllOthers(): Promise<void> {
  const { results } = await ask(api.GET('/auth/sessions/', { params: { query: { page_size: mostSessions } } }))
  for (const { id, is_current } of results) if (!is_current) await endSession(id)
}

export default function SessionList() {
  const { isBusy, act } = useAction()
  const logout = useLogout()
  const signOutEverywhere = async () => {
    if (await act(endAllOthers, 'Signed out everywhere.')) await logout()
  }
  return (
    <Listing
      canExport={false}
      empty="You are signed in nowhere."
      actions={
        <Button size="small" color="error" disabled={isBusy} onClick={() => void signOutEverywhere()}>
          Sign out everywhere
        </Button>
      }
    >
      <SessionTable
        end={({ id, is_current }) =>
          is_current ? (
            'This one'
          ) : (
            <Button
              size="small"
              disabled={isBusy}
              onClick={() => void act(() => endSession(id), 'That session is over.')}
            >
              End
            </Button>
          )
        }
      />
    </Listing>
  )
}
