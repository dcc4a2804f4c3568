import type { Member } from './state.ts'
import { least } from './state.ts'

/** Money comes in; what the member owes back is taken out of it first. `kept` is the part that stays in the wallet. */
export function credit(
  member: Member,
  { amount, kept = amount, earned = 0n }: { amount: bigint; kept?: bigint; earned?: bigint },
): void {
  const recovered = least(kept, member.recoverable)
  member.balance += kept - recovered
  member.recoverable -= recovered
  member.earned += earned
}

/** Earned money goes back; what is not available is owed from now on. */
export function takeBack(member: Member, amount: bigint): void {
  const taken = least(amount, available(member))
  member.balance -= taken
  member.recoverable += amount - taken
  member.earned -= amount
}

export const available = ({ balance, held }: Member): bigint => balance - held
