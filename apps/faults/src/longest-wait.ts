/** A limit for what must come about at last. It ends a campaign that hangs, and measures nothing: the machine may have much else to do. */
export const longestWaitMs = 600_000
