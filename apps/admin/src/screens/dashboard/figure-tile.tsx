import { Card, CardActionArea, CardContent, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { type RowsBehind, useRowsBehind } from './rows-behind.ts'

export type Figure = {
  readonly label: string
  readonly value: ReactNode
  readonly hint?: ReactNode
  readonly rows?: RowsBehind | null
  /** Something waits for a person. */
  readonly isCalling?: boolean
}

/** One figure; the whole tile leads to the rows behind it. */
export function FigureTile({ label, value, hint, rows, isCalling = false }: Figure) {
  const address = useRowsBehind()(rows)
  const content = (
    <CardContent sx={{ p: 2, '&:last-child': { pb: 2 } }}>
      <Typography variant="body2" color="text.secondary">
        {label}
      </Typography>
      <Typography
        variant="h5"
        component="p"
        color={isCalling ? 'warning.main' : 'text.primary'}
        sx={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {value}
      </Typography>
      <Typography variant="caption" color="text.secondary" sx={{ display: 'block', minHeight: '1.6em' }}>
        {hint}
      </Typography>
    </CardContent>
  )
  return (
    <Card component="li" sx={{ listStyle: 'none' }}>
      {address === null ? (
        content
      ) : (
        <CardActionArea component={Link} to={address} sx={{ height: '100%' }}>
          {content}
        </CardActionArea>
      )}
    </Card>
  )
}
