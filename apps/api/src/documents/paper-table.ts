import { bottomOf, fonts, ink } from './paper-style.ts'

export type PaperColumn = {
  readonly title: string
  /** Amounts stand on the right. */
  readonly align?: 'left' | 'right' | 'center'
  /** Share of the width, 1 unless said otherwise. */
  readonly width?: number
}

export type PaperTable = {
  readonly heading?: string
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly (readonly string[])[]
  /** A last line in bold. */
  readonly totals?: readonly string[]
}

const fontSize = 8.5
const padding = { x: 5, y: 4 } as const
/** No row may be higher than a page; what does not fit is cut off with an ellipsis. */
const highestRow = 160

type Cell = {
  readonly text: string
  readonly x: number
  readonly width: number
  readonly align: 'left' | 'right' | 'center'
}

/** Draws a table at the current place. A row is never torn apart, and every page that the table goes on to begins with its column titles. */
export function drawTable(document: PDFKit.PDFDocument, table: PaperTable): void {
  const left = document.page.margins.left
  const titles = table.columns.map(({ title }) => title)
  const titleHeight = rowHeight(document, cellsOf(document, table, titles), fonts.bold)
  const begin = () => drawRow(document, { table, texts: titles, font: fonts.bold, isShaded: true })
  document.x = left
  if (document.y + 2 * titleHeight + 40 > bottomOf(document)) document.addPage()
  if (table.heading !== undefined) {
    document.moveDown(0.6)
    document.font(fonts.bold).fontSize(10.5).fillColor(ink.text).text(table.heading, left)
    document.moveDown(0.3)
  }
  begin()
  const lines = [
    ...table.rows.map((texts) => ({ texts, font: fonts.regular })),
    ...(table.totals ? [{ texts: table.totals, font: fonts.bold }] : []),
  ]
  for (const { texts, font } of lines) {
    const height = rowHeight(document, cellsOf(document, table, texts), font)
    if (document.y + height > bottomOf(document)) {
      document.addPage()
      begin()
    }
    drawRow(document, { table, texts, font, isShaded: font === fonts.bold })
  }
  document.moveDown(0.6)
}

function drawRow(
  document: PDFKit.PDFDocument,
  { table, texts, font, isShaded }: { table: PaperTable; texts: readonly string[]; font: string; isShaded: boolean },
): void {
  const { y } = document
  const { left, right } = document.page.margins
  const width = document.page.width - left - right
  const cells = cellsOf(document, table, texts)
  const height = rowHeight(document, cells, font)
  if (isShaded) document.rect(left, y, width, height).fill(ink.shade)
  document.font(font).fontSize(fontSize).fillColor(ink.text)
  for (const { text, x, width: cellWidth, align } of cells) {
    const options = { width: cellWidth, align, height: height - 2 * padding.y + 1, ellipsis: true }
    document.text(text, x, y + padding.y, options)
  }
  const bottom = y + height
  document
    .moveTo(left, bottom)
    .lineTo(left + width, bottom)
    .lineWidth(0.5)
    .strokeColor(ink.line)
    .stroke()
  document.x = left
  document.y = bottom
}

function cellsOf(document: PDFKit.PDFDocument, { columns }: PaperTable, texts: readonly string[]): Cell[] {
  const { left, right } = document.page.margins
  const shares = columns.map(({ width = 1 }) => width)
  const unit = (document.page.width - left - right) / shares.reduce((sum, share) => sum + share, 0)
  let x = left
  return columns.map(({ align = 'left' }, index) => {
    const width = shares[index]! * unit
    const cell = { text: texts[index] ?? '', x: x + padding.x, width: width - 2 * padding.x, align }
    x += width
    return cell
  })
}

function rowHeight(document: PDFKit.PDFDocument, cells: readonly Cell[], font: string): number {
  document.font(font).fontSize(fontSize)
  const heights = cells.map(({ text, width }) => document.heightOfString(text || ' ', { width }))
  return Math.min(Math.max(...heights), highestRow) + 2 * padding.y
}
