import { Box, Button, ButtonGroup, Stack } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { askRaw } from '../api/client.ts'
import { Empty } from './empty.tsx'
import { Failure } from './failure.tsx'
import { Loading } from './loading.tsx'
import { useShortcuts } from './shortcuts.ts'

const smallest = 0.5
const largest = 4
const clamp = (zoom: number) => Math.min(largest, Math.max(smallest, zoom))

type Turn = 0 | 90 | 180 | 270

/** A picture or PDF that only those may see who may see the record. It is fetched as who is signed in and forgotten when it leaves the screen. */
export function Paper({ path, label }: { path: string; label: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['paper', path],
    queryFn: async () => (await askRaw(path)).blob(),
    // Identity papers do not stay behind in memory, and each look is in the audit log, so they are not fetched again unasked.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const url = useObjectUrl(data)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data || url === null) return <Loading />
  if (data.type === 'application/pdf') {
    return <Box component="iframe" src={url} title={label} sx={{ width: '100%', height: '70vh', border: 0 }} />
  }
  return data.type.startsWith('image/') ? (
    <Picture key={path} url={url} label={label} />
  ) : (
    <Empty title="This kind of file cannot be shown here." />
  )
}

function Picture({ url, label }: { url: string; label: string }) {
  const [zoom, setZoom] = useState(1)
  const [turn, setTurn] = useState<Turn>(0)
  const turnRight = () => setTurn((now) => ((now + 90) % 360) as Turn)
  useShortcuts({
    '+': () => setZoom((now) => clamp(now * 1.25)),
    '=': () => setZoom((now) => clamp(now * 1.25)),
    '-': () => setZoom((now) => clamp(now / 1.25)),
    '0': () => setZoom(1),
    r: turnRight,
  })
  return (
    <Stack spacing={1}>
      <ButtonGroup size="small" aria-label="View" sx={{ alignSelf: 'end' }}>
        <Button onClick={() => setZoom((now) => clamp(now / 1.25))} aria-label="Smaller">
          −
        </Button>
        <Button onClick={() => setZoom(1)} title="Fit">
          {Math.round(zoom * 100)} %
        </Button>
        <Button onClick={() => setZoom((now) => clamp(now * 1.25))} aria-label="Larger">
          +
        </Button>
        <Button onClick={turnRight}>Turn</Button>
      </ButtonGroup>
      <Box
        // It scrolls, so the keyboard must reach it.
        tabIndex={0}
        role="region"
        aria-label={label}
        sx={{
          height: '64vh',
          overflow: 'auto',
          bgcolor: 'action.hover',
          borderRadius: 1,
          display: 'grid',
          placeItems: 'center',
        }}
      >
        <Box
          component="img"
          src={url}
          alt={label}
          sx={{
            width: `${zoom * 100}%`,
            transform: `rotate(${turn}deg)`,
            objectFit: 'contain',
            maxHeight: zoom <= 1 ? '64vh' : 'none',
          }}
        />
      </Box>
    </Stack>
  )
}

/** A `blob:` address for as long as the content is shown. */
export function useObjectUrl(content: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!content) return
    const made = URL.createObjectURL(content)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [content])
  return url
}
