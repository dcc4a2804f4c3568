import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Company, formatIst, type Instant } from '@ev/domain'
import { bottomOf, fonts, ink } from './paper-style.ts'
import { drawTable, type PaperTable } from './paper-table.ts'

export type Paper = {
  /** Whose letterhead it is: `await companyOf(db.read)`. */
  readonly company: Company
  /** Stands at the foot of every page; the same input at the same instant gives the same bytes. */
  readonly issuedAt: Instant
  readonly title: string
  readonly subtitle?: string
  /** Label and value, in two columns below the title. */
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly tables: readonly PaperTable[]
  /** Small print at the end. */
  readonly notes?: readonly string[]
}

/** The most rows of all tables together; whoever asks for a document limits the period first. More is a fault. */
export const mostPaperRows = 2_000

const margin = 48
/** Kept free at the foot of each page for its number. */
const footHeight = 30

/** Lays a document out on A4 pages under the company's letterhead, with page numbers; answers the PDF. */
export async function paper(content: Paper): Promise<Buffer> {
  const rowCount = content.tables.reduce((sum, { rows }) => sum + rows.length, 0)
  if (rowCount > mostPaperRows) throw new RangeError(`A document has at most ${mostPaperRows} rows, not ${rowCount}.`)
  // It holds 22 MiB from its import on, which a process that makes no documents does without.
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footHeight },
    bufferPages: true,
    info: { Title: content.title, Author: content.company.name, CreationDate: content.issuedAt },
  })
  document.registerFont(fonts.regular, fontFile('DejaVuSansCondensed'))
  document.registerFont(fonts.bold, fontFile('DejaVuSansCondensed-Bold'))
  const finished = collect(document)
  drawLetterhead(document, content.company)
  drawTitle(document, content)
  drawFacts(document, content.facts)
  for (const table of content.tables) drawTable(document, table)
  drawNotes(document, content.notes ?? [])
  drawFeet(document, content)
  document.end()
  return finished
}

const files = new Map<string, Buffer>()

/** DejaVu has the rupee sign, which the fonts that every PDF reader knows do not. Read once for the process. */
function fontFile(name: string): Buffer {
  const known = files.get(name)
  if (known) return known
  const path = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)
  const content = readFileSync(path)
  files.set(name, content)
  return content
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}

const contentWidth = (document: PDFKit.PDFDocument): number => document.page.width - 2 * margin

function drawLetterhead(document: PDFKit.PDFDocument, company: Company): void {
  const width = contentWidth(document)
  const numbers = [
    company.gstin && `GSTIN ${company.gstin}`,
    company.tan && `TAN ${company.tan}`,
    company.pan && `PAN ${company.pan}`,
  ].filter((line) => line !== null)
  document
    .font(fonts.bold)
    .fontSize(15)
    .fillColor(ink.brand)
    .text(company.name, margin, margin, { width: width * 0.65 })
  document.font(fonts.regular).fontSize(8.5).fillColor(ink.quiet)
  document.text(company.addressLines.join('\n'), { width: width * 0.6 })
  const leftEnd = document.y
  document.text(numbers.join('\n'), margin, margin + 3, { width, align: 'right', lineGap: 1.5 })
  const y = Math.max(leftEnd, document.y) + 8
  document
    .moveTo(margin, y)
    .lineTo(margin + width, y)
    .lineWidth(1.5)
    .strokeColor(ink.brand)
    .stroke()
  document.x = margin
  document.y = y + 18
}

function drawTitle(document: PDFKit.PDFDocument, { title, subtitle }: Paper): void {
  document.font(fonts.bold).fontSize(16).fillColor(ink.text).text(title)
  if (subtitle !== undefined) {
    document.font(fonts.regular).fontSize(10).fillColor(ink.quiet).text(subtitle)
  }
  document.moveDown(0.8)
}

const factColumns = 2
const factGap = 16

function drawFacts(document: PDFKit.PDFDocument, facts: Paper['facts']): void {
  const width = (contentWidth(document) - factGap) / factColumns
  for (let at = 0; at < facts.length; at += factColumns) {
    const line = facts.slice(at, at + factColumns)
    const height = Math.max(...line.map(([label, value]) => factHeight(document, { label, value, width })))
    if (document.y + height > bottomOf(document)) document.addPage()
    const { y } = document
    for (const [column, [label, value]] of line.entries()) {
      const x = margin + column * (width + factGap)
      document.font(fonts.regular).fontSize(8).fillColor(ink.quiet).text(label, x, y, { width })
      document.fontSize(10).fillColor(ink.text).text(value, x, document.y, { width })
    }
    document.x = margin
    document.y = y + height
  }
  document.moveDown(0.4)
}

function factHeight(
  document: PDFKit.PDFDocument,
  { label, value, width }: { label: string; value: string; width: number },
): number {
  document.font(fonts.regular)
  return (
    document.fontSize(8).heightOfString(label, { width }) + document.fontSize(10).heightOfString(value, { width }) + 5
  )
}

function drawNotes(document: PDFKit.PDFDocument, notes: readonly string[]): void {
  const width = contentWidth(document)
  document.x = margin
  document.moveDown(1)
  document.font(fonts.regular).fontSize(8.5).fillColor(ink.quiet)
  for (const note of notes) document.text(note, { width, lineGap: 1, paragraphGap: 4 })
}

/** Written last, when the number of pages is known. */
function drawFeet(document: PDFKit.PDFDocument, { company, issuedAt }: Paper): void {
  const { start, count } = document.bufferedPageRange()
  const width = contentWidth(document)
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page)
    // Below the bottom margin a text would begin a new page.
    document.page.margins.bottom = 0
    const y = document.page.height - margin - 2
    document
      .moveTo(margin, y - 6)
      .lineTo(margin + width, y - 6)
      .lineWidth(0.5)
      .strokeColor(ink.line)
      .stroke()
    document.font(fonts.regular).fontSize(8).fillColor(ink.quiet)
    document.text(`${company.name} · issued ${formatIst(issuedAt)} IST`, margin, y, { width, lineBreak: false })
    document.text(`Page ${page - start + 1} of ${count}`, margin, y, { width, align: 'right' })
  }
}
