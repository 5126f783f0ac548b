import type { Locator, Page } from '@playwright/test'
import type { AuditAction } from '#domain/audit/event.ts'
import { t } from '../words.ts'

/** The lines of the audit page for one action, newest first. */
export async function auditLines(page: Page, action: AuditAction): Promise<Locator> {
  await page.goto('/audit')
  await page
    .getByRole('combobox', { name: t('administration.audit.action') })
    .selectOption({ label: t(`administration.audit.actions.${action}`) })
  await page.getByRole('button', { name: t('administration.audit.apply') }).click()
  await page.waitForURL(/[?&]action=/)
  return page.getByRole('table', { name: t('administration.audit.table') }).locator('tbody tr')
}
