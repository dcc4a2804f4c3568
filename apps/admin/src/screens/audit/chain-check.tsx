import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Typography,
} from '@mui/material'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { messageOfError } from '../../api/problem.ts'

type Found = {
  readonly checked: number
  readonly broken: readonly number[]
  readonly isDone: boolean
  readonly reachesEnd: boolean
}

const nothing: Found = { checked: 0, broken: [], isDone: false, reachesEnd: false }

/** Follows the hashes from the first line to the last, part by part, and says where the chain is broken. */
export function ChainCheck() {
  const [found, setFound] = useState<Found | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  async function check() {
    setProblem(null)
    setFound(nothing)
    try {
      for await (const part of parts()) setFound(part)
    } catch (error) {
      setProblem(messageOfError(error))
    }
  }
  return (
    <>
      <Button size="small" onClick={() => void check()}>
        Check the hashes
      </Button>
      <Dialog
        open={found !== null}
        onClose={() => setFound(null)}
        aria-labelledby="chain-check"
        fullWidth
        maxWidth="xs"
      >
        <DialogTitle id="chain-check">The chain of the audit log</DialogTitle>
        <DialogContent>
          {problem !== null && <Alert severity="error">{problem}</Alert>}
          {found && !found.isDone && problem === null && (
            <>
              <LinearProgress aria-label="Following the chain" sx={{ mb: 2 }} />
              <Typography>{found.checked} lines so far</Typography>
            </>
          )}
          {found?.isDone && <Verdict found={found} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setFound(null)}>Close</Button>
        </DialogActions>
      </Dialog>
    </>
  )
}

function Verdict({ found: { checked, broken, reachesEnd } }: { found: Found }) {
  if (broken.length > 0) {
    return <Alert severity="error">Lines {broken.join(', ')} were changed, or one before them is missing.</Alert>
  }
  if (!reachesEnd)
    return <Alert severity="error">The newest lines are missing: the chain does not reach its end.</Alert>
  return <Alert severity="success">All {checked} lines hold: none was changed, none is missing.</Alert>
}

async function* parts(): AsyncGenerator<Found> {
  let after = '0'
  let found = nothing
  for (;;) {
    const part = await ask(api.GET('/admin/audit-log/verify/', { params: { query: { after } } }))
    found = {
      checked: found.checked + part.checked,
      broken: [...found.broken, ...part.broken_ids],
      isDone: part.next_after === null,
      reachesEnd: part.reaches_end,
    }
    yield found
    if (part.next_after === null) return
    after = String(part.next_after)
  }
}
