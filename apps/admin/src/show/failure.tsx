import { Alert, AlertTitle, Button } from '@mui/material'
import { messageOfError, Problem } from '../api/problem.ts'

/** Says what went wrong and offers to try again, where trying again can help. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const isRefused = error instanceof Problem && (error.status === 403 || error.status === 404)
  return (
    <Alert
      severity={isRefused ? 'info' : 'error'}
      sx={{ my: 2 }}
      action={
        onRetry && !isRefused ? (
          <Button color="inherit" size="small" onClick={() => onRetry()}>
            Try again
          </Button>
        ) : undefined
      }
    >
      <AlertTitle>{isRefused ? 'Not here' : 'This could not be loaded'}</AlertTitle>
      {messageOfError(error)}
    </Alert>
  )
}
