import { type Actor, isStaff, type TeamRow, type UplineMember } from '@ev/application'
import type { teams } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'
import { memberName } from './node.view.ts'

const sides = z.enum(['left', 'right'])

/** A member at a position (`id`). Members see each other's name and code; e-mail address and mobile number are there for staff only. */
const memberView = z.object({
  id: idNumber,
  user: idNumber,
  user_name: z.string(),
  referral_code: z.string(),
  sponsor: idNumber.nullable(),
  parent: idNumber.nullable(),
  level: z.int(),
  is_active_buyer: z.boolean(),
  joined_at: instant,
  email: z.string().nullable().optional(),
  mobile: z.string().nullable().optional(),
})

function toMemberView(row: teams.TeamMember, viewer: Actor): z.output<typeof memberView> {
  const { user } = row
  return {
    id: row.seq,
    user: user.id,
    user_name: memberName(user),
    referral_code: user.referralCode,
    sponsor: row.sponsor?.userId ?? null,
    parent: row.parentSeq,
    level: row.level,
    is_active_buyer: user.isActiveBuyer,
    joined_at: row.placedAt,
    ...(isStaff(viewer) && { email: user.email, mobile: user.mobile }),
  }
}

/** A position that a search found; `side` is the one below its parent. */
export const foundView = memberView.extend({ side: sides.nullable() })

export function toFoundView(row: teams.TeamMember, viewer: Actor): z.output<typeof foundView> {
  return { ...toMemberView(row, viewer), side: row.side }
}

/** A position above; `leg` is that in which the position asked about counts for it. */
export const uplineView = foundView.extend({ leg: sides })

export function toUplineView(row: UplineMember, viewer: Actor): z.output<typeof uplineView> {
  return { ...toFoundView(row, viewer), leg: row.leg }
}

/** A member of a team: `side` is the leg of the team, `levels_below` is 1 for those directly below. */
export const teamView = memberView.extend({ side: sides, levels_below: z.int().min(1) })

export function toTeamView(row: TeamRow, viewer: Actor): z.output<typeof teamView> {
  return { ...toMemberView(row, viewer), side: row.leg, levels_below: row.levelsBelow }
}
