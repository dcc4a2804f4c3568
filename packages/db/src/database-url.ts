/** The absolute path that `file:/absolute/path.db` (or `file:///absolute/path.db`) names. */
export function sqliteFile(url: string): string {
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
  if (!url.startsWith('file:') || !path.startsWith('/')) {
    throw new Error('The SQLite URL must name an absolute path: file:/absolute/path.db')
  }
  return path
}
