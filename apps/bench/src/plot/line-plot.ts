/** A line of a plot: points of a size and what it cost, both above zero. */
export type Line = { readonly name: string; readonly points: readonly { readonly x: number; readonly y: number }[] }

export type LinePlot = {
  readonly title: string
  readonly xTitle: string
  readonly yTitle: string
  readonly lines: readonly Line[]
}

const width = 720
const height = 420
const left = 80
const right = 190
const top = 44
const bottom = 56
const colours = [
  '#1f6feb',
  '#d1242f',
  '#1a7f37',
  '#9a6700',
  '#8250df',
  '#0e7490',
  '#bf3989',
  '#57606a',
  '#953800',
  '#2da44e',
]

/** Draws lines on two logarithmic scales as an SVG that needs nothing else: the same figures give the same text. */
export function linePlot({ title, xTitle, yTitle, lines }: LinePlot): string {
  const points = lines.flatMap((line) => line.points)
  if (points.length === 0) throw new Error('There is nothing to be plotted.')
  const x = scale(
    points.map((point) => point.x),
    { from: left, to: width - right },
  )
  const y = scale(
    points.map((point) => point.y),
    { from: height - bottom, to: top },
  )
  const grid = [
    ...x.decades.map(
      (value) =>
        tick(x.at(value), height - bottom + 18, 'middle', value) + rule(x.at(value), top, x.at(value), height - bottom),
    ),
    ...y.decades.map(
      (value) => tick(left - 8, y.at(value) + 4, 'end', value) + rule(left, y.at(value), width - right, y.at(value)),
    ),
  ]
  const drawn = lines.map((line, nth) => {
    const colour = colours[nth % colours.length]!
    const path = line.points.map((point) => `${round(x.at(point.x))},${round(y.at(point.y))}`)
    const dots = path.map(
      (place) => `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3" fill="${colour}"/>`,
    )
    const legend = `<text x="${width - right + 14}" y="${top + 14 + nth * 18}" fill="${colour}">${escaped(line.name)}</text>`
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${legend}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${left}" y="24" font-size="15" font-weight="bold">${escaped(title)}</text>`,
    ...grid,
    `<text x="${(left + width - right) / 2}" y="${height - 14}" text-anchor="middle">${escaped(xTitle)}</text>`,
    `<text transform="translate(18 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(yTitle)}</text>`,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

/** A logarithmic scale over whole decades that hold all values. */
function scale(values: readonly number[], { from, to }: { from: number; to: number }) {
  const lowest = Math.floor(Math.log10(Math.min(...values)))
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    at: (value: number) => from + ((Math.log10(value) - lowest) / (highest - lowest)) * (to - from),
    decades: Array.from({ length: highest - lowest + 1 }, (_, nth) => 10 ** (lowest + nth)),
  }
}

function tick(x: number, y: number, anchor: 'middle' | 'end', value: number): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="#57606a">${value.toLocaleString('en')}</text>`
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#d8dee4"/>`
}

const round = (value: number) => Math.round(value * 10) / 10
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
