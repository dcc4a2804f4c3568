import { Box, Button, Typography } from '@mui/material'
import type { ReactNode } from 'react'

type EmptyProps = {
  readonly title: ReactNode
  readonly hint?: ReactNode
  readonly action?: { readonly label: string; readonly onClick: () => void }
}

/** Says that there is nothing, why, and what to do about it. */
export function Empty({ title, hint, action }: EmptyProps) {
  return (
    <Box sx={{ py: 8, px: 3, textAlign: 'center' }} role="status">
      <Typography>{title}</Typography>
      {hint && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
          {hint}
        </Typography>
      )}
      {action && (
        <Button sx={{ mt: 2 }} variant="outlined" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </Box>
  )
}
