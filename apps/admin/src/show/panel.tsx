import { Box, Card, Stack, Typography } from '@mui/material'
import { type ReactNode, useId } from 'react'

type PanelProps = { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode }

/** A part of a screen under a heading of its own. */
export function Panel({ title, actions, children }: PanelProps) {
  const id = useId()
  return (
    <Card component="section" aria-labelledby={id}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', px: 2, pt: 2, minHeight: 48 }}>
        <Typography id={id} variant="h6" component="h3" sx={{ flex: 1 }}>
          {title}
        </Typography>
        {actions}
      </Stack>
      <Box
        sx={{
          p: 2,
          pt: 1.5,
          overflowX: 'auto',
          '& thead th': { whiteSpace: 'nowrap' },
          '& tbody tr:last-of-type > *': { borderBottom: 0 },
        }}
      >
        {children}
      </Box>
    </Card>
  )
}

/** The panels of a screen: a broad and a narrow column, one below the other where there is no room for both. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 2fr) minmax(0, 1fr)' },
      }}
    >
      <Stack spacing={2}>{main}</Stack>
      <Stack spacing={2}>{side}</Stack>
    </Box>
  )
}
