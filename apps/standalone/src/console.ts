/** Says what is done while it is done, and how long it took; one line a step when nobody watches. */
export async function step<T>(title: string, work: () => Promise<T>, note?: (result: T) => string): Promise<T> {
  const isWatched = process.stdout.isTTY === true
  const startedAt = performance.now()
  if (isWatched) process.stdout.write(`  … ${title}`)
  const result = await work()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const end = note ? ` — ${note(result)}` : ''
  process.stdout.write(`${isWatched ? '\r' : ''}  ✓ ${title} (${seconds} s)${end}\n`)
  return result
}
