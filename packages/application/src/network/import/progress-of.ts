/** Told what is being done, how much of it, and of how much (null while that is not known). */
export type ProgressOf = (what: string, done: number, of: number | null) => void
