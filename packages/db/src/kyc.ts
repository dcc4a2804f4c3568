import type { Reader, Tx } from './client.ts'

/** Whether a member's identity was approved, and whether the approved papers hold a PAN. */
export async function standing(reader: Reader | Tx, userId: number): Promise<{ isApproved: boolean; hasPan: boolean }> {
  const row = await reader.kyc.findUnique({ where: { userId }, select: { status: true, panHash: true } })
  const isApproved = row?.status === 'approved'
  return { isApproved, hasPan: isApproved && row?.panHash != null }
}
