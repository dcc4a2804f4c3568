import { Box, Skeleton } from '@mui/material'

/** The outline of what is on its way. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <Box aria-busy="true" role="status" aria-label="Loading" sx={{ py: 2 }}>
      <Skeleton width="30%" height={40} />
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={32} />
      ))}
    </Box>
  )
}
