import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of this machine (Debian: `apt-get install chromium`), or what `CHROMIUM` names; null where there is none. */
export const chromiumPath: string | null =
  [process.env['CHROMIUM'], ...places].find((path) => path && existsSync(path)) ?? null

if (chromiumPath === null) console.log('No Chromium is installed here, so the stories of the console are skipped.')
