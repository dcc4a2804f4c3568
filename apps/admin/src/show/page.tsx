import { Box, Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { Title } from 'react-admin'

type PageProps = {
  readonly title: string
  /** Beside the title: a state, say. */
  readonly mark?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The head of a screen that shows one thing: what it is, its state, what can be done. */
export function Page({ title, mark, actions, children }: PageProps) {
  return (
    <Box sx={{ pt: 3 }}>
      <Title title={title} />
      <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap', mb: 2 }}>
        <Typography variant="h5" component="h2">
          {title}
        </Typography>
        {mark}
        <Box sx={{ flex: 1 }} />
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          {actions}
        </Stack>
      </Stack>
      {children}
    </Box>
  )
}
