import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join } from '../members.ts'
import { type AConsole, aConsole } from './a-console.ts'
import { violationsOf } from './accessible.ts'
import { chromiumPath } from './chromium.ts'
import { handInPapers, kycStatusOf } from './papers.ts'

describe.skipIf(chromiumPath === null)('identity checks in the console', () => {
  let console: AConsole
  beforeAll(async () => {
    console = await aConsole()
  })
  afterAll(() => console.stop())

  test('staff look at the papers, reject one by keyboard with a reason, approve the next, and the members are told', async () => {
    const ravi = await join(console.url, { email: 'ravi@example.com', referralCode: null })
    const bela = await join(console.url, { email: 'bela@example.com', referralCode: null })
    // Bela's wait since the demo story was written.
    await handInPapers(ravi, 1)
    const page = await console.signIn('staff@example.com')
    await page.getByRole('menuitem', { name: 'Identity checks' }).click()
    await page.getByRole('cell', { name: 'Bela Shah' }).click()
    await page.getByRole('heading', { name: 'Identity check of Bela Shah', level: 2 }).waitFor()
    await page.getByRole('img', { name: 'PAN' }).waitFor()
    expect(await violationsOf(page)).toEqual([])

    await page.keyboard.press('2')
    await page.getByRole('img', { name: 'Aadhaar front' }).waitFor()
    await page.keyboard.press('+')
    await page.getByRole('button', { name: '125 %' }).waitFor()
    await page.keyboard.press('x')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('The picture is too dark.')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Reject' }).click()

    // The next that waits comes by itself.
    await page.getByRole('heading', { name: 'Identity check of Ravi Kumar', level: 2 }).waitFor()
    await page.getByRole('img', { name: 'PAN' }).waitFor()
    await page.keyboard.press('a')
    await page.getByText('Nothing waits for a review.').waitFor()

    expect(await kycStatusOf(bela)).toEqual({ status: 'rejected', reason: 'The picture is too dark.' })
    expect(await kycStatusOf(ravi)).toEqual({ status: 'approved', reason: '' })
    expect(console.trespasses).toEqual([])
  })
})
