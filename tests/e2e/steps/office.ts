import { expect, type Locator, type Page } from '@playwright/test'
import type { HimsServer } from '../server.ts'
import type { test } from '../test.ts'
import { t } from '../words.ts'
import { demoPerson, signIn } from './accounts.ts'

type BrowserOf = Parameters<Parameters<typeof test>[2]>[0]['browserOf']

/** An administrator at the office's pages. */
export async function officeOf(server: HimsServer, browserOf: BrowserOf): Promise<Page> {
  const page = await (await browserOf(server)).newPage()
  await signIn(page, demoPerson(server, 'admin'), t('administration.people.title'))
  return page
}

/** The short id of a tablet, from its sync page. */
export async function deviceIn(page: Page): Promise<string> {
  await page.goto('/sync')
  const fact = page.getByText(t('sync.deviceId'), { exact: true }).locator('..').locator('dd')
  await expect(fact).toHaveText(/^[0-9a-f-]{8}$/)
  return (await fact.textContent()) ?? ''
}

export function deviceRow(office: Page, device: string): Locator {
  return office
    .getByRole('table', { name: t('devices.table') })
    .getByRole('row')
    .filter({ hasText: device })
}

/** Revokes a device on the administrator's page. */
export async function revoke(office: Page, device: string): Promise<void> {
  await office.goto('/devices')
  const row = deviceRow(office, device)
  await row.locator('summary').click()
  await row.getByRole('textbox').fill(device)
  await row.getByRole('button', { name: t('devices.revoke.submit') }).click()
  await expect(office.getByText(t('devices.revoke.done'))).toBeVisible()
  await expect(deviceRow(office, device)).toContainText(t('devices.revoked'))
}

/** Gives an account exactly these facilities. */
export async function giveFacilities(office: Page, name: string, facilities: readonly string[]): Promise<void> {
  const row = await choose(office, name, t('administration.people.facilities'), facilities)
  await row.getByRole('button', { name: t('administration.people.saveFacilities') }).click()
  await expect(office.getByText(t('administration.people.saved', { name }))).toBeVisible()
}

/** Gives an account exactly these roles. @param says what the page answers */
export async function setRoles(
  office: Page,
  name: string,
  roles: readonly string[],
  says: string = t('administration.people.saved', { name }),
): Promise<void> {
  const row = await choose(office, name, t('administration.people.roles'), roles)
  await row.getByRole('button', { name: t('administration.people.saveRoles') }).click()
  await expect(office.getByText(says)).toBeVisible()
}

/** Opens the row of an account and checks exactly these boxes of a group. */
async function choose(office: Page, name: string, group: string, labels: readonly string[]): Promise<Locator> {
  await office.goto('/people')
  const row = office
    .getByRole('table', { name: t('administration.people.table') })
    .getByRole('row')
    .filter({ hasText: name })
  await row.locator('summary').click()
  for (const box of await row.getByRole('group', { name: group }).getByRole('checkbox').all()) {
    const label = (await box.locator('xpath=..').textContent())?.trim() ?? ''
    await box.setChecked(labels.includes(label))
  }
  return row
}
