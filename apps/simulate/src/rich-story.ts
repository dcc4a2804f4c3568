/**
 * A run in which everything happens that a verifier looks at: bonuses and pairs, some of them reversed, flushes, instalments, refunds, debts,
 * payouts in every state, in batches and with tax, and several plans.
 */
export const richStory = { seed: 16, steps: 1_200 } as const
