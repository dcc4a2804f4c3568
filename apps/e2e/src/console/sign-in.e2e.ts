import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AConsole, aConsole } from './a-console.ts'
import { violationsOf } from './accessible.ts'
import { chromiumPath } from './chromium.ts'

describe.skipIf(chromiumPath === null)('the console', () => {
  let console: AConsole
  beforeAll(async () => {
    console = await aConsole()
  })
  afterAll(async () => {
    expect(console.trespasses).toEqual([])
    await console.stop()
  })

  test('an admin signs in by a code, sees the members, reloads, and signs out', async () => {
    const page = await console.open()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('E-mail or mobile number').fill('admin@example.com')
    await page.getByRole('button', { name: 'Send the code' }).click()
    await page.getByLabel('Code').fill('000000')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText(/code/).waitFor()
    await page.getByLabel('Code').fill(await console.codeFor('admin@example.com'))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('menuitem', { name: 'Members' }).click()
    await page.getByRole('menuitem', { name: 'Members' }).click()
    await page.getByRole('cell', { name: 'asha@example.com' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.reload()
    await page.getByRole('cell', { name: 'asha@example.com' }).waitFor()

    // On a tablet the menu is icons, which still have their names.
    const caption = page.getByText('People', { exact: true })
    await caption.waitFor()
    await page.setViewportSize({ width: 820, height: 1180 })
    await caption.waitFor({ state: 'detached' })
    await page.getByRole('menuitem', { name: 'Members' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await caption.waitFor()
    await page.getByRole('button', { name: 'Aditi Admin' }).click()
    await page.getByRole('menuitem', { name: 'Logout' }).click()
    await page.getByLabel('E-mail or mobile number').waitFor()
    await page.reload()
    await page.getByLabel('E-mail or mobile number').waitFor()
  })

  test('a member is turned away', async () => {
    const page = await console.open()
    await page.getByLabel('E-mail or mobile number').fill('asha@example.com')
    await page.getByRole('button', { name: 'Send the code' }).click()
    await page.getByLabel('Code').fill(await console.codeFor('asha@example.com'))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('the console is not open to it').waitFor()
  })
})
