import type { Theme } from '@mui/material/styles'
import { card, type Layout, type Placed } from './layout.ts'
import { teamOf } from './network-tree.ts'
import { figure, type NodeState, stateOf } from './node-state.ts'

export type View = { readonly x: number; readonly y: number; readonly k: number }

type Picture = {
  readonly layout: Layout
  readonly view: View
  readonly size: { readonly width: number; readonly height: number }
  readonly selectedId: number
  /** Positions that a pair is made of. */
  readonly marked: ReadonlySet<number>
  readonly loading: ReadonlySet<number>
  readonly isFocused: boolean
  readonly theme: Theme
}

/** Below this scale words cannot be read, so they are left out. */
const smallestWords = 0.42

export function stateColor(state: NodeState, { palette }: Theme): string {
  return { buyer: palette.success.main, counting: palette.info.main, idle: palette.text.secondary }[state]
}

/** Draws what is in view. `pixels` of the screen stand for one of the canvas's. */
export function paint(context: CanvasRenderingContext2D, pixels: number, picture: Picture): void {
  const { layout, view, size, theme } = picture
  context.setTransform(pixels, 0, 0, pixels, 0, 0)
  context.clearRect(0, 0, size.width, size.height)
  context.translate(view.x, view.y)
  context.scale(view.k, view.k)
  const inView = (x: number, y: number, height: number) =>
    Math.abs(x * view.k + view.x - size.width / 2) <= size.width / 2 + card.width * view.k &&
    y * view.k + view.y <= size.height &&
    (y + height) * view.k + view.y >= 0
  context.lineWidth = Math.max(1.5, 0.75 / view.k)
  for (const { from, to, isFree } of layout.lines) {
    if (to.y * view.k + view.y < 0 || from.y * view.k + view.y > size.height) continue
    const middle = (from.y + to.y) / 2
    context.strokeStyle = isFree ? theme.palette.divider : theme.palette.text.disabled
    context.setLineDash(isFree ? [4, 4] : [])
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.bezierCurveTo(from.x, middle, to.x, middle, to.x, to.y)
    context.stroke()
  }
  context.setLineDash([4, 4])
  for (const { x, y } of layout.free) {
    if (!inView(x, y, 28)) continue
    context.strokeStyle = theme.palette.divider
    box(context, { x: x - 42, y, width: 84, height: 28 })
    context.stroke()
    if (view.k >= smallestWords)
      write(context, { text: 'free', x, y: y + 18, color: theme.palette.text.secondary, align: 'center' })
  }
  context.setLineDash([])
  for (const placed of layout.cards.values()) {
    if (inView(placed.x, placed.y, card.height + 30)) paintCard(context, placed, picture)
  }
}

function paintCard(context: CanvasRenderingContext2D, { member, x, y, isOpen }: Placed, picture: Picture): void {
  const { view, theme, selectedId, marked, loading, isFocused } = picture
  const { palette } = theme
  const left = x - card.width / 2
  const color = stateColor(stateOf(member), theme)
  const isSelected = member.id === selectedId
  context.fillStyle = palette.background.paper
  context.strokeStyle = marked.has(member.id)
    ? palette.secondary.main
    : isSelected
      ? palette.primary.main
      : palette.divider
  context.lineWidth = (marked.has(member.id) ? 4 : isSelected ? (isFocused ? 3.5 : 2.5) : 1) / Math.min(1, view.k * 1.4)
  box(context, { x: left, y, width: card.width, height: card.height })
  context.fill()
  context.stroke()
  if (view.k < smallestWords) {
    context.fillStyle = color
    box(context, { x: left + 10, y: y + 10, width: card.width - 20, height: card.height - 20 })
    context.fill()
  } else {
    mark(context, { state: stateOf(member), x: left + 16, y: y + 18, color })
    write(context, {
      text: fitting(context, member.user_name, card.width - 42),
      x: left + 29,
      y: y + 23,
      color: palette.text.primary,
      weight: 600,
    })
    const quiet = palette.text.secondary
    legWords(context, {
      x: left + 12,
      y: y + 45,
      label: 'Left',
      team: member.left_team,
      unmatched: member.left_count,
      quiet,
      theme,
    })
    legWords(context, {
      x: left + 12,
      y: y + 64,
      label: 'Right',
      team: member.right_team,
      unmatched: member.right_count,
      quiet,
      theme,
    })
  }
  const team = teamOf(member)
  if (team === 0) return
  const words = loading.has(member.id) ? '…' : isOpen ? '−' : `+ ${figure(team)}`
  paintHandle(context, { words, x, y: y + card.height, theme, view })
}

type LegWords = { x: number; y: number; label: string; team: number; unmatched: number; quiet: string; theme: Theme }

/** `Left 12,345` and, to the right, how many of them are in no pair yet. */
function legWords(context: CanvasRenderingContext2D, { x, y, label, team, unmatched, quiet, theme }: LegWords): void {
  write(context, { text: label, x, y, color: quiet, size: 12 })
  write(context, { text: figure(team), x: x + 40, y, color: theme.palette.text.primary, size: 12 })
  write(context, {
    text: `${figure(unmatched)} unmatched`,
    x: x + card.width - 24,
    y,
    color: unmatched > 0 ? theme.palette.warning.main : quiet,
    size: 11,
    align: 'right',
  })
}

type Handle = { words: string; x: number; y: number; theme: Theme; view: View }

/** What opens and folds: how many are below, or a minus. */
function paintHandle(context: CanvasRenderingContext2D, { words, x, y, theme, view }: Handle): void {
  if (view.k < smallestWords / 2) return
  context.font = font(11, 600)
  const width = Math.max(24, context.measureText(words).width + 16)
  context.fillStyle = theme.palette.background.default
  context.strokeStyle = theme.palette.text.disabled
  context.lineWidth = 1
  box(context, { x: x - width / 2, y: y + 3, width, height: 20, radius: 10 })
  context.fill()
  context.stroke()
  write(context, {
    text: words,
    x,
    y: y + 17,
    color: theme.palette.text.primary,
    size: 11,
    weight: 600,
    align: 'center',
  })
}

/** The state as a shape too, for those who do not tell the colours apart: full, half, hollow. */
function mark(
  context: CanvasRenderingContext2D,
  { state, x, y, color }: { state: NodeState; x: number; y: number; color: string },
) {
  context.fillStyle = color
  context.strokeStyle = color
  context.lineWidth = 2
  context.beginPath()
  context.arc(x, y, 5, 0, 2 * Math.PI)
  context.stroke()
  if (state === 'idle') return
  context.beginPath()
  context.arc(x, y, 5, state === 'buyer' ? 0 : Math.PI / 2, state === 'buyer' ? 2 * Math.PI : (3 * Math.PI) / 2)
  context.fill()
}

type Box = { x: number; y: number; width: number; height: number; radius?: number }

function box(context: CanvasRenderingContext2D, { x, y, width, height, radius = 8 }: Box): void {
  context.beginPath()
  context.roundRect(x, y, width, height, radius)
}

const font = (size: number, weight: number) => `${weight} ${size}px "Inter Variable", system-ui, sans-serif`

type Words = {
  text: string
  x: number
  y: number
  color: string
  size?: number
  weight?: number
  align?: CanvasTextAlign
}

function write(
  context: CanvasRenderingContext2D,
  { text, x, y, color, size = 13, weight = 400, align = 'left' }: Words,
): void {
  context.font = font(size, weight)
  context.fillStyle = color
  context.textAlign = align
  context.fillText(text, x, y)
}

/** The text, shortened until it fits. */
function fitting(context: CanvasRenderingContext2D, text: string, width: number): string {
  context.font = font(13, 600)
  if (context.measureText(text).width <= width) return text
  let end = text.length
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1
  return `${text.slice(0, end)}…`
}
