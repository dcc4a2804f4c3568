import { z } from 'zod'

const deepest = 6

/** Levels below a node that an answer shows, `initial` when none are asked for. A greater depth than 6 is answered with 6. */
export const treeDepth = (initial: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: 'Must be a whole number.' })
    .prefault(String(initial))
    .transform((text) => Math.min(Number(text), deepest))
    .meta({ description: `Levels below the node, at most ${deepest}; ${initial} when absent.` })
