import { Box, Button, Card, Stack, TextField } from '@mui/material'
import { useState } from 'react'
import type { Row } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { StatusChip } from '../../show/status-chip.tsx'
import type { useAction } from '../../show/use-action.ts'

export type Picture = Row<'/inventory/vehicles/'>['images'][number]

type PictureCardProps = {
  readonly picture: Picture
  readonly isBusy: boolean
  readonly act: ReturnType<typeof useAction>['act']
  /** Earlier (-1) or later (1) in the order. */
  readonly onMove: (by: -1 | 1) => void
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** One picture and what can be done with it. */
export function PictureCard({ picture, isBusy, act, onMove, isFirst, isLast }: PictureCardProps) {
  const [text, setText] = useState(picture.alt_text)
  const params = { path: { id: picture.id } }
  const change = (body: { is_primary?: boolean; alt_text?: string }, done: string) =>
    void act(() => ask(api.PATCH('/inventory/vehicle-images/{id}/', { params, body })), done)
  const remove = () =>
    void act(() => ask(api.DELETE('/inventory/vehicle-images/{id}/', { params })), 'The picture is gone.')
  return (
    <Card variant="outlined">
      <Box
        component="img"
        src={picture.thumbnail_url ?? picture.image_url}
        alt={picture.alt_text}
        sx={{ width: '100%', height: 120, objectFit: 'cover', display: 'block' }}
      />
      <Stack spacing={1} sx={{ p: 1 }}>
        <TextField
          label="What it shows"
          value={text}
          onChange={({ target }) => setText(target.value)}
          onBlur={() => text !== picture.alt_text && change({ alt_text: text }, 'The text is kept.')}
        />
        <Stack direction="row" sx={{ flexWrap: 'wrap', alignItems: 'center' }}>
          <Button size="small" disabled={isBusy || isFirst} onClick={() => onMove(-1)} aria-label="Earlier">
            ←
          </Button>
          <Button size="small" disabled={isBusy || isLast} onClick={() => onMove(1)} aria-label="Later">
            →
          </Button>
          {picture.is_primary ? (
            <StatusChip status="shown_first" />
          ) : (
            <Button
              size="small"
              disabled={isBusy}
              onClick={() => change({ is_primary: true }, 'It is shown first now.')}
            >
              Show first
            </Button>
          )}
          <Button size="small" color="error" disabled={isBusy} onClick={remove}>
            Delete
          </Button>
        </Stack>
      </Stack>
    </Card>
  )
}
