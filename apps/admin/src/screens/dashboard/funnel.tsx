import { Box, Link, Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { Link as RouterLink } from 'react-router'
import { type RowsBehind, useRowsBehind } from './rows-behind.ts'

type Step = { readonly name: string; readonly count: number; readonly rows?: RowsBehind }

type FunnelProps = {
  readonly label: string
  /** From all to those that came farthest. */
  readonly steps: readonly Step[]
  /** Where the others are. */
  readonly beside: readonly Step[]
}

const figure = new Intl.NumberFormat('en-IN')

/** How many of all come how far, each step as a share of the first. */
export function Funnel({ label, steps, beside }: FunnelProps) {
  const all = steps[0]?.count ?? 0
  return (
    <Stack sx={{ gap: 2.5, minHeight: 280, justifyContent: 'center' }}>
      <Stack component="ol" aria-label={`${label}, funnel`} sx={{ gap: 1.5, m: 0, p: 0, listStyle: 'none' }}>
        {steps.map((step) => {
          const percent = all === 0 ? 0 : Math.round((100 * step.count) / all)
          return (
            <Box component="li" key={step.name}>
              <Stack direction="row" sx={{ justifyContent: 'space-between' }}>
                <Typography variant="body2">{step.name}</Typography>
                <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
                  <Behind rows={step.rows}>{figure.format(step.count)}</Behind> · {percent} %
                </Typography>
              </Stack>
              <Box sx={{ height: 22, borderRadius: 1, bgcolor: 'action.hover', overflow: 'hidden' }}>
                <Box
                  sx={{
                    height: '100%',
                    width: `${percent}%`,
                    minWidth: step.count > 0 ? 4 : 0,
                    bgcolor: 'primary.main',
                  }}
                />
              </Box>
            </Box>
          )
        })}
      </Stack>
      <Stack
        direction="row"
        component="ul"
        aria-label={`${label}, others`}
        sx={{ gap: 3, flexWrap: 'wrap', m: 0, p: 0, listStyle: 'none' }}
      >
        {beside.map(({ name, count, rows }) => (
          <Typography key={name} component="li" variant="body2" color="text.secondary">
            {name} <Behind rows={rows}>{figure.format(count)}</Behind>
          </Typography>
        ))}
      </Stack>
    </Stack>
  )
}

function Behind({ rows, children }: { rows: RowsBehind | undefined; children: ReactNode }) {
  const address = useRowsBehind()(rows)
  if (address === null) return <strong>{children}</strong>
  return (
    <Link component={RouterLink} to={address} sx={{ fontWeight: 600 }}>
      {children}
    </Link>
  )
}
