import { Box, useTheme } from '@mui/material'
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { card, hit, layOut, neighbour } from './layout.ts'
import type { NetworkTree } from './network-tree.ts'
import { described } from './node-state.ts'
import { paint } from './paint.ts'
import { TreeTools } from './tree-tools.tsx'
import { usePicture } from './use-picture.ts'

export type TreeCanvasProps = {
  readonly tree: NetworkTree
  /** Whether the picture takes the focus when it is made; set when keys open it elsewhere. */
  readonly refocus: RefObject<boolean>
  readonly selectedId: number
  readonly marked: ReadonlySet<number>
  readonly loading: ReadonlySet<number>
  readonly onSelect: (id: number) => void
  /** Opens what is below a position, or folds it. */
  readonly onToggle: (id: number) => void
  /** Opens the picture at a position. */
  readonly onOpen: (id: number) => void
  /** One step above the root of the picture. */
  readonly onRise: () => void
  /** Positions came into view below which nothing has been loaded yet. */
  readonly onWanted: (ids: readonly number[]) => void
}

/** So many positions are opened by themselves when one stops moving. */
const mostWanted = 4
/** What is smaller than this is looked at from afar, and nothing is opened by itself. */
const wantingScale = 0.6

const help =
  'Arrow keys go from member to member, up to the one above. Enter opens or folds those below, Shift and Enter opens the picture at a member. Plus and minus zoom, 0 shows all.'

/** The picture of the network: drag to pan, wheel or pinch to zoom, click to choose, double-click to open there. */
export function TreeCanvas(props: TreeCanvasProps) {
  const { tree, refocus, selectedId, marked, loading, onSelect, onToggle, onOpen, onRise, onWanted } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  const helpId = useId()
  const [isFocused, setFocused] = useState(false)
  const layout = useMemo(() => layOut(tree), [tree])
  const { view, size, move } = usePicture(canvas, {
    layout,
    anchorId: layout.cards.has(selectedId) ? selectedId : tree.rootId,
    onSettled(at, { width, height }) {
      if (at.k < wantingScale) return
      const wanted = [...layout.cards.values()].filter(({ member, x, y }) => {
        const [screenX, screenY] = at.apply([x, y + card.height + 40])
        return !member.isLoaded && screenX > 0 && screenX < width && screenY > 0 && screenY < height
      })
      if (wanted.length > 0) onWanted(wanted.slice(0, mostWanted).map(({ member }) => member.id))
    },
  })

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || !view || !size) return
    const pixels = window.devicePixelRatio || 1
    const frame = requestAnimationFrame(() => {
      if (element.width !== Math.round(size.width * pixels)) element.width = Math.round(size.width * pixels)
      if (element.height !== Math.round(size.height * pixels)) element.height = Math.round(size.height * pixels)
      paint(context, pixels, { layout, view, size, selectedId, marked, loading, isFocused, theme })
      if (!performance.getEntriesByName('network-drawn').length) performance.mark('network-drawn')
      element.dataset['drawn'] = String(layout.cards.size)
    })
    return () => cancelAnimationFrame(frame)
  }, [layout, view, size, selectedId, marked, loading, isFocused, theme])

  // Moved when another card is chosen, and not when the picture moves.
  useEffect(() => move.reveal(selectedId), [selectedId, move])

  const at = ({ nativeEvent }: MouseEvent) => {
    const [x, y] = view?.invert([nativeEvent.offsetX, nativeEvent.offsetY]) ?? [Number.NaN, Number.NaN]
    return hit(layout, x, y)
  }

  function onClick(event: MouseEvent) {
    const found = at(event)
    if (found?.part === 'handle') onToggle(found.id)
    else if (found) onSelect(found.id)
  }

  function onDoubleClick(event: MouseEvent) {
    const found = at(event)
    if (found?.part === 'card') onOpen(found.id)
  }

  useEffect(() => {
    if (refocus.current) canvas.current?.focus()
    refocus.current = false
  }, [refocus])

  /** Opens the picture elsewhere, where the focus follows. */
  function leave(by: () => void) {
    refocus.current = true
    by()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (key.startsWith('Arrow')) {
      const next = neighbour(layout, selectedId, key)
      if (next !== null) onSelect(next)
      else if (key === 'ArrowUp' && selectedId === tree.rootId) leave(onRise)
      else if (key === 'ArrowDown') onToggle(selectedId)
    } else if (key === 'Enter' && event.shiftKey) leave(() => onOpen(selectedId))
    else if (key === 'Enter' || key === ' ') onToggle(selectedId)
    else if (key === '+' || key === '=') move.zoomBy(1.3)
    else if (key === '-') move.zoomBy(1 / 1.3)
    else if (key === '0') move.fit()
    else if (key === 'Home') onSelect(tree.rootId)
    else return
    event.preventDefault()
  }

  const selected = tree.members.get(selectedId)
  const words = selected ? described({ ...selected, left: null, right: null }) : ''
  return (
    <Box sx={{ position: 'relative', height: '100%', minHeight: 0, overflow: 'hidden' }}>
      <Box
        component="canvas"
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-roledescription="Picture of the network"
        aria-label={`Network. ${words}`}
        aria-describedby={helpId}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        sx={{
          display: 'block',
          width: '100%',
          height: '100%',
          cursor: 'grab',
          '&:active': { cursor: 'grabbing' },
          '&:focus-visible': { outlineOffset: '-3px' },
        }}
      />
      <Box id={helpId} sx={hidden}>
        {help}
      </Box>
      <Box aria-live="polite" sx={hidden}>
        {isFocused ? words : ''}
      </Box>
      <TreeTools onZoom={move.zoomBy} onFit={move.fit} help={help} />
    </Box>
  )
}

/** Heard, not seen. */
const hidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const
