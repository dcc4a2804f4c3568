import { DomainError } from '../errors.ts'

/** As many pictures as a page of a shop shows of one vehicle. */
export const mostPictures = 12

/** What decides which picture stands for its vehicle. */
export type Picture = { readonly id: number; readonly isPrimary: boolean; readonly position: number }

/** Refuses one more picture than a vehicle may have with `vehicle.too_many_images`. */
export function requireRoomForPicture(pictures: readonly Picture[]): void {
  if (pictures.length >= mostPictures) throw new DomainError('vehicle.too_many_images', { limit: mostPictures })
}

/** Where a new picture goes when nobody says: behind the last. */
export function nextPosition(pictures: readonly Picture[]): number {
  return pictures.reduce((last, { position }) => Math.max(last, position + 1), 0)
}

/**
 * The one picture of `pictures` that stands for the vehicle, or null when there are none: the `wanted` one, else the one that does already, else
 * the first in order. A picture that is `unwanted` does so only when it is the only one.
 */
export function primaryOf(
  pictures: readonly Picture[],
  { wanted = null, unwanted = null }: { wanted?: number | null; unwanted?: number | null },
): number | null {
  const inOrder = [...pictures].sort((a, b) => a.position - b.position || a.id - b.id)
  const chosen =
    inOrder.find(({ id }) => id === wanted) ??
    inOrder.find(({ id, isPrimary }) => isPrimary && id !== unwanted) ??
    inOrder.find(({ id }) => id !== unwanted) ??
    inOrder[0]
  return chosen?.id ?? null
}
