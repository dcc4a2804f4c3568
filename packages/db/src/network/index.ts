// The tree: its head, who stands where, what their legs hold, and the pairs.
export * from './flushes.ts'
export * from './head.ts'
export * from './legs.ts'
export * from './nodes.ts'
export * from './pair-lists.ts'
export * from './pairs.ts'
export * from './placements.ts'
export * from './qualification.ts'
