/** Each member's place in the sequence of placements, by user id; undefined for who has none. */
export type SeqByUser = {
  get(userId: number): number | undefined
  has(userId: number): boolean
  set(userId: number, seq: number): void
}

const firstCapacity = 1024

/** Ids are dense, so a column of numbers holds them in a tenth of what a map takes: 4 bytes each up to the highest id. */
export function createSeqByUser(): SeqByUser {
  let seqs = new Int32Array(firstCapacity)
  return {
    get: (userId) => seqs[userId] || undefined,
    has: (userId) => (seqs[userId] ?? 0) !== 0,
    set(userId, seq) {
      if (userId >= seqs.length) {
        const larger = new Int32Array(Math.max(userId + 1, 2 * seqs.length))
        larger.set(seqs)
        seqs = larger
      }
      seqs[userId] = seq
    },
  }
}
