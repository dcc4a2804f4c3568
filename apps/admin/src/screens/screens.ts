import { kycScreen } from './kyc/screen.ts'
import { membersScreen } from './members/screen.ts'
import type { Screen } from './screen.ts'

/** Every screen, in the order of the menu. A new one is added here and nowhere else. */
export const screens: readonly Screen[] = [membersScreen, kycScreen]
