import { expect, type Page } from '@playwright/test'
import { t } from '../words.ts'

export interface NewProgram {
  code: string
  name: string
  category: 'hiv' | 'tuberculosis' | 'malaria'
}

export const HIV: NewProgram = { code: 'HIV-001', name: 'HIV Care', category: 'hiv' }
export const TB: NewProgram = { code: 'TB-001', name: 'TB Treatment', category: 'tuberculosis' }

export async function createProgram(page: Page, { code, name, category }: NewProgram): Promise<void> {
  await page.goto('/programs/new')
  await page.getByLabel(t('programs.code'), { exact: true }).fill(code)
  await page.getByLabel(t('fields.name'), { exact: true }).fill(name)
  await page.getByLabel(t('programs.category'), { exact: true }).selectOption({ label: t(`programs.categories.${category}`) })
  await page.getByRole('button', { name: t('programs.create') }).click()
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
}
