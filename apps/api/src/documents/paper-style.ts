export const ink = { text: '#1c2733', quiet: '#5b6875', brand: '#0b5d4e', line: '#c9d2d9', shade: '#eef3f1' } as const

/** The names under which a document's fonts are registered. */
export const fonts = { regular: 'regular', bold: 'bold' } as const

/** Where the content of the current page ends. */
export const bottomOf = (document: PDFKit.PDFDocument): number => document.page.height - document.page.margins.bottom
