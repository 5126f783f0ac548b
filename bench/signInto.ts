import type { Page } from '@playwright/test'
import { BENCH_PERSON, type HimsServer } from './firstSync/himsServer.ts'

const FIRST_SYNC_MS = 300_000

/** Signs in on the app's own page, and waits until everything is on this device. */
export async function signInto(page: Page, { url }: Pick<HimsServer, 'url'>): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.locator('input[name="email"]').fill(BENCH_PERSON.email)
  await page.locator('input[name="password"]').fill(BENCH_PERSON.password)
  await page.locator('button[type="submit"]').first().click()
  await page.getByRole('searchbox').waitFor()
  await page.getByRole('banner').getByText('Nothing to send').waitFor({ timeout: FIRST_SYNC_MS })
}
