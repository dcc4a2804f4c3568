import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { card, type Layout } from './layout.ts'

export type Size = { readonly width: number; readonly height: number }

const scales = { least: 0.08, most: 2, firstLeast: 0.5 } as const
const margin = 32

/** What moves the picture besides dragging and the wheel. */
export type Mover = {
  zoomBy(factor: number): void
  /** Brings a card into view when it is outside; otherwise nothing moves. */
  reveal(id: number): void
  /** The whole of what is shown, as far as words can still be read. */
  fit(): void
}

type PictureHandlers = {
  readonly layout: Layout
  /** The card that stays where it is on the screen when the others move. */
  readonly anchorId: number
  /** Someone has moved the picture and has stopped. */
  readonly onSettled: (view: ZoomTransform, size: Size) => void
}

/** The size of the canvas, where the picture stands on it, and how it is moved. */
export function usePicture(
  canvas: RefObject<HTMLCanvasElement | null>,
  { layout, anchorId, onSettled }: PictureHandlers,
) {
  const [view, setView] = useState<ZoomTransform | null>(null)
  const [size, setSize] = useState<Size | null>(null)
  const settled = useRef(onSettled)
  settled.current = onSettled
  const sizeNow = useRef<Size | null>(null)
  const layoutNow = useRef(layout)

  const behavior: ZoomBehavior<HTMLCanvasElement, unknown> = useMemo(
    () => zoom<HTMLCanvasElement, unknown>().scaleExtent([scales.least, scales.most]),
    [],
  )

  useEffect(() => {
    const element = canvas.current!
    behavior
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLCanvasElement, unknown>) => setView(transform))
      .on('end', ({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        if (sourceEvent && sizeNow.current) settled.current(transform, sizeNow.current)
      })
    select(element).call(behavior).on('dblclick.zoom', null)
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      sizeNow.current = { width, height }
      setSize(sizeNow.current)
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      select(element).on('.zoom', null)
    }
  }, [behavior, canvas])

  const move = useMemo((): Mover => {
    const target = () => select(canvas.current!)
    const now = () => (canvas.current as (HTMLCanvasElement & { __zoom: ZoomTransform }) | null)?.__zoom ?? zoomIdentity
    return {
      zoomBy: (factor) => target().call(behavior.scaleBy, factor),
      fit: () => sizeNow.current && target().call(behavior.transform, fitted(layoutNow.current, sizeNow.current)),
      reveal(id) {
        const placed = layoutNow.current.cards.get(id)
        const room = sizeNow.current
        if (!placed || !room) return
        const [x, y] = now().apply([placed.x, placed.y + card.height / 2])
        const edge = { x: (card.width / 2) * now().k + margin, y: (card.height / 2) * now().k + margin }
        const isIn = x >= edge.x && x <= room.width - edge.x && y >= edge.y && y <= room.height - edge.y
        if (!isIn) target().call(behavior.translateTo, placed.x, placed.y + card.height / 2)
      },
    }
  }, [behavior, canvas])

  // The first picture shows all of it; a later one leaves the anchor where it was.
  useEffect(() => {
    if (!size) return
    const element = canvas.current!
    const [before, after] = [layoutNow.current.cards.get(anchorId), layout.cards.get(anchorId)]
    layoutNow.current = layout
    if (view === null) select(element).call(behavior.transform, fitted(layout, size))
    else if (before && after && (before.x !== after.x || before.y !== after.y)) {
      select(element).call(behavior.translateBy, before.x - after.x, before.y - after.y)
    }
  }, [layout, size, view, anchorId, behavior, canvas])

  return { view, size, move }
}

/** The root at the top and, as far as words can still be read, everything in the width. */
function fitted({ box }: Layout, { width }: Size): ZoomTransform {
  const k = Math.max(scales.firstLeast, Math.min(1, (width - 2 * margin) / (box.right - box.left)))
  const isWhole = (box.right - box.left) * k <= width
  const x = isWhole ? (width - (box.left + box.right) * k) / 2 : width / 2
  return zoomIdentity.translate(x, margin).scale(k)
}
