import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { until } from '@ev/testing'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type EmbeddedStack, embeddedStack } from '../stacks.ts'
import { chromiumPath } from './chromium.ts'

const builder = fileURLToPath(new URL('../../../admin/scripts/build.mjs', import.meta.url))

/** A platform with the demo story and a browser in front of its console. */
export type AConsole = {
  readonly stack: EmbeddedStack
  readonly url: string
  /** A new window with nobody signed in. */
  open(): Promise<Page>
  /** The window of this person, at the first page: signed in by a code the first time, because codes for one person are half a minute apart. */
  signIn(email: string): Promise<Page>
  /** The access token with which this window asks the API. */
  tokenOf(page: Page): Promise<string>
  /** The newest code that was sent to this person. */
  codeFor(email: string): Promise<string>
  /** What went to another host, was refused by the Content-Security-Policy, or broke in a page: nothing, at the end of every story. */
  readonly trespasses: readonly string[]
  stop(): Promise<void>
}

/** `folder` holds the data of the platform, and keeps it; without it they are the demo story's and go at the end. */
export async function aConsole({ folder }: { folder?: string } = {}): Promise<AConsole> {
  const built = spawnSync(process.execPath, [builder], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The console does not build:\n${built.stdout}${built.stderr}`)
  const stack = await embeddedStack({ ...(folder !== undefined && { folder }), env: { SEED: 'demo' } })
  const url = stack.urls[0]!
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath!,
    // Debian's sandbox needs rights that containers do not give; the pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  const trespasses: string[] = []
  const codeFor = (email: string) =>
    until(
      async () => {
        const mails = (await (await fetch(`${url}/dev/mailbox.json?to=${email}`)).json()) as { text: string }[]
        return /[0-9]{6}/.exec(mails[0]?.text ?? '')?.[0]
      },
      { timeoutMs: 5_000 },
    )

  async function open(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    // A machine of two cores that does other things as well is slow to show a page.
    page.setDefaultTimeout(60_000)
    watch(page, { url, trespasses })
    await page.goto(`${url}/admin/`)
    await page.getByLabel('E-mail or mobile number').waitFor()
    return page
  }

  const windows = new Map<string, Page>()

  async function signIn(email: string): Promise<Page> {
    const known = windows.get(email)
    if (known) {
      await known.goto(`${url}/admin/`)
      await known.getByRole('menuitem', { name: 'Members' }).waitFor()
      return known
    }
    const page = await open()
    await page.getByLabel('E-mail or mobile number').fill(email)
    await page.getByRole('button', { name: 'Send the code' }).click()
    await page.getByLabel('Code').fill(await codeFor(email))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('menuitem', { name: 'Members' }).waitFor()
    windows.set(email, page)
    return page
  }

  async function tokenOf(page: Page): Promise<string> {
    const stored = await page.evaluate("sessionStorage.getItem('ev.session')")
    return (JSON.parse(String(stored)) as { access: string }).access
  }

  return {
    stack,
    url,
    open,
    signIn,
    tokenOf,
    codeFor,
    trespasses,
    async stop() {
      await browser.close()
      await stack.stop()
    },
  }
}

/** Notes what no page of the console may ever do. */
function watch(page: Page, { url, trespasses }: { url: string; trespasses: string[] }): void {
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== url && protocol !== 'blob:') trespasses.push(`asked ${request.url()}`)
  })
  page.on('pageerror', (error) => trespasses.push(`broke: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) trespasses.push(message.text())
  })
}
