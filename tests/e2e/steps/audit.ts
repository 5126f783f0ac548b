import type { Locator, Page } from '@playwright/test'
import type { TFunction } from 'i18next'
import { t } from '../words.ts'

type Key = Parameters<TFunction>[0]

/** The lines of the audit page for one action, newest first. */
export async function auditLines(page: Page, action: Key & `administration.audit.actions.${string}`): Promise<Locator> {
  await page.goto('/audit')
  await page.getByRole('combobox', { name: t('administration.audit.action') }).selectOption({ label: String(t(action)) })
  await page.getByRole('button', { name: t('administration.audit.apply') }).click()
  await page.waitForURL(/[?&]action=/)
  return page.getByRole('table', { name: t('administration.audit.table') }).locator('tbody tr')
}
