import { Box, Stack, Typography, useTheme } from '@mui/material'
import { type NodeState, nodeStates, stateLabels } from './node-state.ts'
import { stateColor } from './paint.ts'

/** What the marks on the cards mean. */
export function Legend() {
  return (
    <Stack
      direction="row"
      component="ul"
      aria-label="Legend"
      sx={{ gap: 2, flexWrap: 'wrap', m: 0, p: 0, listStyle: 'none' }}
    >
      {nodeStates.map((state) => (
        <Stack key={state} component="li" direction="row" sx={{ gap: 0.75, alignItems: 'center' }}>
          <StateMark state={state} />
          <Typography variant="body2" color="text.secondary">
            {stateLabels[state]}
          </Typography>
        </Stack>
      ))}
    </Stack>
  )
}

/** A state as its shape and colour: full, half, hollow. */
export function StateMark({ state }: { state: NodeState }) {
  const color = stateColor(state, useTheme())
  return (
    <Box component="svg" viewBox="0 0 14 14" sx={{ width: 14, height: 14, flexShrink: 0 }} aria-hidden>
      <circle cx="7" cy="7" r="5" fill={state === 'buyer' ? color : 'none'} stroke={color} strokeWidth="2" />
      {state === 'counting' && <path d="M7 2a5 5 0 0 0 0 10z" fill={color} />}
    </Box>
  )
}
