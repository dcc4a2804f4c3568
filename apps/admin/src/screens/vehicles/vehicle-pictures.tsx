import { Alert, Box, Button, Stack, Typography } from '@mui/material'
import { type DragEvent, useRef, useState } from 'react'
import { api, ask, askRaw } from '../../api/client.ts'
import { Empty } from '../../show/empty.tsx'
import { useAction } from '../../show/use-action.ts'
import { type Picture, PictureCard } from './picture-card.tsx'

const mostBytes = 5 * 1024 * 1024
const types = ['image/jpeg', 'image/png', 'image/webp']

/** The pictures of a vehicle: upload, order by dragging or by buttons, which one comes first in the shop. */
export function VehiclePictures({ vehicleId, images }: { vehicleId: number; images: readonly Picture[] }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const { isBusy, act } = useAction()
  const sorted = [...images].sort((one, other) => one.order - other.order)

  const upload = (files: readonly File[]) => {
    const wrong = files.find(({ type, size }) => !types.includes(type) || size > mostBytes)
    setProblem(wrong ? `${wrong.name}: JPEG, PNG or WebP of at most 5 MB.` : null)
    if (wrong || files.length === 0) return
    void act(
      async () => {
        for (const [at, file] of files.entries()) await sendPicture({ vehicleId, file, order: sorted.length + at })
      },
      files.length === 1 ? 'The picture is there.' : 'The pictures are there.',
    )
  }
  const move = (id: number, to: number) => {
    const ids = sorted.map((image) => image.id).filter((each) => each !== id)
    ids.splice(to, 0, id)
    void act(() => writeOrder(sorted, ids), 'The order is kept.')
  }
  const drop = (event: DragEvent, at: number) => {
    event.preventDefault()
    if (dragged !== null) move(dragged, at)
    setDragged(null)
  }
  return (
    <Stack spacing={2}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography variant="h6" component="h2">
          Pictures
        </Typography>
        <Button variant="outlined" disabled={isBusy} onClick={() => chooser.current?.click()}>
          Upload
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={types.join(',')}
          aria-label="Pictures to upload"
          onChange={({ target }) => {
            upload([...(target.files ?? [])])
            target.value = ''
          }}
        />
      </Stack>
      {problem !== null && <Alert severity="error">{problem}</Alert>}
      {sorted.length === 0 && <Empty title="No picture yet." hint="JPEG, PNG or WebP, at most 5 MB each." />}
      <Box
        component="ol"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))',
          gap: 2,
          p: 0,
          m: 0,
          listStyle: 'none',
        }}
      >
        {sorted.map((picture, at) => (
          <Box
            component="li"
            key={picture.id}
            draggable={!isBusy}
            onDragStart={() => setDragged(picture.id)}
            onDragOver={(event: DragEvent) => event.preventDefault()}
            onDrop={(event: DragEvent) => drop(event, at)}
            sx={{ opacity: dragged === picture.id ? 0.4 : 1, cursor: 'grab' }}
          >
            <PictureCard
              picture={picture}
              isBusy={isBusy}
              act={act}
              onMove={(by) => move(picture.id, at + by)}
              isFirst={at === 0}
              isLast={at === sorted.length - 1}
            />
          </Box>
        ))}
      </Box>
    </Stack>
  )
}

async function sendPicture({
  vehicleId,
  file,
  order,
}: {
  vehicleId: number
  file: File
  order: number
}): Promise<void> {
  const form = new FormData()
  form.set('vehicle', String(vehicleId))
  form.set('order', String(order))
  form.set('image', file)
  await askRaw('/inventory/vehicle-images/', { method: 'POST', body: form })
}

/** Writes the places that changed, one after the other. */
async function writeOrder(before: readonly Picture[], ids: readonly number[]): Promise<void> {
  for (const [order, id] of ids.entries()) {
    if (before.find((picture) => picture.id === id)?.order === order) continue
    await ask(api.PATCH('/inventory/vehicle-images/{id}/', { params: { path: { id } }, body: { order } }))
  }
}
