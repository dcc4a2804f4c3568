import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { aConsole } from './a-console.ts'

/** Screens by the name of their picture. */
const screens: Readonly<Record<string, string>> = {
  dashboard: '/',
  members: '/members',
  member: '/members/3/show',
  'identity-checks': '/kyc',
  bookings: '/bookings',
  booking: '/bookings/1/show',
  payments: '/payments',
  payouts: '/payouts',
  payout: '/payouts/1/show',
  batches: '/payout-batches',
  plans: '/plans',
  network: '/network',
  parked: '/parked',
  outbox: '/outbox',
  'audit-log': '/audit-log',
  vehicles: '/vehicles',
  pairs: '/pairs',
  settings: '/settings',
  sessions: '/sessions',
  documents: '/documents',
  tds: '/tds',
  nominees: '/nominees',
  notifications: '/notifications',
}

const looks = {
  light: { colorScheme: 'light', width: 1440, height: 900 },
  dark: { colorScheme: 'dark', width: 1440, height: 900 },
  tablet: { colorScheme: 'light', width: 820, height: 1180 },
} as const

// `npm run pictures [-- FOLDER [SCREEN …]]`: takes a picture of every screen of the console with the demo story, light, dark and as wide as a tablet.
const [folder = 'pictures', ...asked] = process.argv.slice(2)
const target = resolve(process.env['INIT_CWD'] ?? '.', folder)
mkdirSync(target, { recursive: true })
const console_ = await aConsole()
try {
  const page = await console_.signIn('admin@example.com')
  for (const [look, { colorScheme, width, height }] of Object.entries(looks)) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [name, path] of Object.entries(screens)) {
      if (asked.length > 0 && !asked.includes(name)) continue
      await page.goto(`${console_.url}/admin${path}`)
      await settled(page)
      await page.screenshot({ path: join(target, `${name}-${look}.png`) })
    }
  }
} finally {
  await console_.stop()
}

/** Until nothing is asked any more and no skeleton is left. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('.MuiSkeleton-root').first().waitFor({ state: 'detached' })
}
