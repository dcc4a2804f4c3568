import { Box } from '@mui/material'
import { type Figure, FigureTile } from './figure-tile.tsx'

/** Figures side by side. */
export function FigureTiles({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{ display: 'grid', gap: 1.5, m: 0, p: 0, gridTemplateColumns: 'repeat(auto-fill, minmax(172px, 1fr))' }}
    >
      {figures.map((figure) => (
        <FigureTile key={figure.label} {...figure} />
      ))}
    </Box>
  )
}
