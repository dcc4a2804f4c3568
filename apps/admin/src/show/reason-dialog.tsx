import {
  Alert,
  Button,
  Chip,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
  Typography,
} from '@mui/material'
import { useId, useState } from 'react'
import { messageOfError } from '../api/problem.ts'

type ReasonDialogProps = {
  readonly title: string
  readonly hint: string
  /** Reasons that come up often; one press writes them. */
  readonly usual?: readonly string[]
  readonly confirmLabel: string
  readonly onConfirm: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for a reason before something is refused or taken back. */
export function ReasonDialog({ title, hint, usual = [], confirmLabel, onConfirm, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const titleId = useId()
  async function confirm() {
    setBusy(true)
    try {
      await onConfirm(reason.trim())
    } catch (error) {
      setProblem(messageOfError(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={isBusy ? undefined : onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Typography color="text.secondary">{hint}</Typography>
          {usual.length > 0 && (
            <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
              {usual.map((text) => (
                <Chip key={text} label={text} onClick={() => setReason(text)} variant="outlined" />
              ))}
            </Stack>
          )}
          <TextField
            label="Reason"
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            slotProps={{ htmlInput: { maxLength: 500 } }}
            autoFocus
            required
          />
          {problem !== null && <Alert severity="error">{problem}</Alert>}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={isBusy} color="inherit">
          Cancel
        </Button>
        <Button
          variant="contained"
          color="error"
          onClick={() => void confirm()}
          disabled={isBusy || reason.trim() === ''}
        >
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
