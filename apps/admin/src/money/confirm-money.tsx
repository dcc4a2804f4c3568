import {
  Alert,
  Button,
  CircularProgress,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
} from '@mui/material'
import { type ReactNode, useId, useRef, useState } from 'react'
import { messageOfError } from '../api/problem.ts'
import { Facts } from '../show/facts.tsx'
import { ist } from '../show/instant.tsx'
import { forgetRequest, isRepeatable, pendingRequest, sendOnce } from './pending-request.ts'
import { inr, inWords, type RupeesText } from './rupees.ts'

export type ConfirmMoneyProps<Body, Done> = {
  /** What is done, `payout.process`, and to what: together they name the request until it is answered. */
  readonly action: string
  readonly subject: string | number
  readonly title: string
  /** What moves, in rupees as the API writes them. */
  readonly amount: RupeesText
  /** What follows from it: names and values, shown before the question. */
  readonly facts?: readonly (readonly [label: string, value: ReactNode])[]
  readonly confirmLabel: string
  readonly body: Body
  /** Sends it. A second try gets the first one's body and key, whatever was typed since. */
  readonly send: (request: { body: Body; key: string }) => Promise<Done>
  readonly onDone: (answer: Done) => void
  readonly onClose: () => void
  /** Fields of the question: a reason, a reference. The button waits while `isReady` is false. */
  readonly children?: ReactNode
  readonly isReady?: boolean
}

/** Asks once before money moves: the amount in figures and words, what follows, one button. Mount it to open it. */
export function ConfirmMoney<Body, Done>(props: ConfirmMoneyProps<Body, Done>) {
  const { action, subject, title, amount, facts = [], confirmLabel, children, isReady = true } = props
  const [waiting, setWaiting] = useState(() => pendingRequest<Body>(action, subject))
  const { isSending, problem, confirm } = useSending(props, () => setWaiting(null))
  const titleId = useId()
  const isStale = waiting !== null && !isRepeatable(waiting)
  const isOther = waiting !== null && JSON.stringify(waiting.body) !== JSON.stringify(props.body)
  const giveUp = () => {
    forgetRequest(action, subject)
    setWaiting(null)
  }
  return (
    <Dialog open onClose={isSending ? undefined : props.onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <div>
            <Typography variant="h4" component="p" className="money" data-testid="amount">
              {inr(amount)}
            </Typography>
            <Typography color="text.secondary">{inWords(amount)}</Typography>
          </div>
          {facts.length > 0 && <Facts facts={facts} />}
          {children}
          {waiting && !isSending && (
            <Alert
              severity="warning"
              action={
                <Button color="inherit" size="small" onClick={giveUp}>
                  Forget it
                </Button>
              }
            >
              This was sent at {ist(waiting.since)} and its answer never arrived.{' '}
              {isStale
                ? 'That is too long ago to send it again. Look whether it was done, then forget it.'
                : `Sending it again is safe: it is done once${isOther ? ', and as it was then, not as it stands here' : ''}.`}
            </Alert>
          )}
          {problem !== null && <Alert severity="error">{problem}</Alert>}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={isSending} color="inherit">
          Cancel
        </Button>
        <Button
          variant="contained"
          onClick={confirm}
          disabled={isSending || !isReady || isStale}
          startIcon={isSending ? <CircularProgress size={16} color="inherit" aria-label="Sending" /> : undefined}
        >
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Sends the request at most once at a time, and forgets its key when the server has decided. */
function useSending<Body, Done>(
  { action, subject, body, send, onDone }: ConfirmMoneyProps<Body, Done>,
  onDecided: () => void,
) {
  const isUnderWay = useRef(false)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function confirm() {
    if (isUnderWay.current) return
    isUnderWay.current = true
    setSending(true)
    setProblem(null)
    try {
      onDone(await sendOnce({ action, subject, body, send }))
    } catch (error) {
      if (!pendingRequest(action, subject)) onDecided()
      setProblem(messageOfError(error))
    } finally {
      isUnderWay.current = false
      setSending(false)
    }
  }
  return { isSending, problem, confirm }
}
