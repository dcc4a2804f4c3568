/**
 * Milliseconds to wait after the `failures`-th failure in a row (1 for the first): doubles from `firstMs` up to `maxMs`.
 * With `random` (0 to 1) the pause is spread over its upper half, so that many processes do not come back at once.
 */
export function growingDelay(
  failures: number,
  { firstMs, maxMs, random }: { readonly firstMs: number; readonly maxMs: number; readonly random?: () => number },
): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30))
  return random === undefined ? full : Math.round(full * (0.5 + random() / 2))
}
