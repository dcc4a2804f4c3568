/**
 * A set of node numbers that are looked for in ascending order. Nodes lie in blocks, and a block that holds none is passed by at once, so that a
 * few nodes of a million are found without looking at a million.
 */
export type NodeSet = {
  add(node: number): void
  delete(node: number): void
  clear(): void
  /** The first node of the set from this number on; 0 if there is none. */
  next(from: number): number
}

const blockBits = 10
const blockSize = 2 ** blockBits

export function createNodeSet(capacity: number): NodeSet {
  let isIn = new Uint8Array(blockSize * blocksFor(capacity))
  /** 1 for every block that may hold a node. */
  let mayHold = new Uint8Array(blocksFor(capacity))

  return {
    add(node) {
      if (node >= isIn.length) {
        const blocks = Math.max(blocksFor(node), 2 * mayHold.length)
        isIn = enlarged(isIn, blockSize * blocks)
        mayHold = enlarged(mayHold, blocks)
      }
      isIn[node] = 1
      mayHold[node >> blockBits] = 1
    },
    delete(node) {
      isIn[node] = 0
    },
    clear() {
      isIn.fill(0)
      mayHold.fill(0)
    },
    next(from) {
      let node = from
      for (let block = node >> blockBits; block < mayHold.length; block += 1, node = block * blockSize) {
        if (mayHold[block] === 0) continue
        const first = node
        const end = (block + 1) * blockSize
        for (; node < end; node += 1) if (isIn[node] === 1) return node
        if (first === block * blockSize) mayHold[block] = 0
      }
      return 0
    },
  }
}

function blocksFor(node: number): number {
  return (node >> blockBits) + 1
}

function enlarged(flags: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length)
  larger.set(flags)
  return larger
}
