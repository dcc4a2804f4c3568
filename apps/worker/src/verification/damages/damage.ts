import type { Spoil } from '../../testing/spoiled.ts'

/** The two members of whom the busy platform has the most. */
export type Members = { readonly asha: number; readonly ravi: number }

/** By the name of the check that must find it. */
export type Damages = { readonly [check: string]: Spoil }

/** When stray rows are written; the clock of the test platform stands there. */
export const at = new Date('2026-11-20T06:00:00.000Z')
