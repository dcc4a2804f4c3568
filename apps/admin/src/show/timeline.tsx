import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { ist } from './instant.tsx'

export type Moment = {
  /** Null when it is not known. */
  readonly at: string | null
  readonly what: string
  readonly amount?: ReactNode
  /** Who did it, by what means, with what reason. */
  readonly detail?: string
}

/** What happened, one below the other in the order given. */
export function Timeline({ label, moments }: { label: string; moments: readonly Moment[] }) {
  return (
    <Box component="ol" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {moments.map(({ at, what, amount, detail }, index) => (
        <Box
          component="li"
          key={`${at} ${what} ${index}`}
          sx={{
            position: 'relative',
            pl: 3,
            pb: 2,
            '&:last-of-type': { pb: 0 },
            '&::before': {
              content: '""',
              position: 'absolute',
              left: 0,
              top: 6,
              width: 9,
              height: 9,
              borderRadius: '50%',
              bgcolor: 'primary.main',
            },
            '&:not(:last-of-type)::after': {
              content: '""',
              position: 'absolute',
              left: 4,
              top: 18,
              bottom: -3,
              width: '1px',
              bgcolor: 'divider',
            },
          }}
        >
          <Box sx={{ display: 'flex', gap: 2, justifyContent: 'space-between' }}>
            <Typography variant="subtitle2" component="span">
              {what}
            </Typography>
            <Typography variant="body2" component="span">
              {amount}
            </Typography>
          </Box>
          <Typography variant="body2" color="text.secondary">
            {at && <time dateTime={at}>{ist(at)}</time>}
            {at && detail && ', '}
            {detail}
          </Typography>
        </Box>
      ))}
    </Box>
  )
}
