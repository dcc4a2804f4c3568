import { ist } from '../../show/instant.tsx'
import type { Plan } from './plan-settings.ts'

/** From when a version counts; the first one has always done so. */
export const beginningOf = ({ effective_from }: Plan): string =>
  new Date(effective_from).getTime() === 0 ? 'The beginning' : ist(effective_from)
