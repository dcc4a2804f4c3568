import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { useMay } from '../../session/may.ts'
import { useAction } from '../../show/use-action.ts'
import { type Member, memberName } from './member.ts'

/** Closing an account and opening it again. */
export function AccountActions({ member }: { member: Member }) {
  const [isAsking, setAsking] = useState(false)
  const { isBusy, act } = useAction()
  const may = useMay()
  if (!may('post /users/{id}/deactivate/')) return null
  const params = { path: { id: member.id } }
  const open = () => void act(() => ask(api.POST('/users/{id}/activate/', { params })), 'The account is open again.')
  const close = async () => {
    if (await act(() => ask(api.POST('/users/{id}/deactivate/', { params })), 'The account is closed.'))
      setAsking(false)
  }
  return (
    <>
      {member.is_active ? (
        <Button color="error" onClick={() => setAsking(true)}>
          Close the account
        </Button>
      ) : (
        <Button variant="outlined" disabled={isBusy} onClick={open}>
          Open the account again
        </Button>
      )}
      <Dialog open={isAsking} onClose={() => setAsking(false)} aria-labelledby="close-account">
        <DialogTitle id="close-account">Close the account of {memberName(member)}?</DialogTitle>
        <DialogContent>
          <DialogContentText>
            All its sessions end at once and nobody can sign in to it. Its place in the tree, its wallet and its
            bookings stay. It can be opened again.
          </DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button variant="contained" color="error" disabled={isBusy} onClick={() => void close()}>
            Close the account
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
