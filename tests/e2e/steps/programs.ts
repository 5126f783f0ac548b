import { expect, type Page } from '@playwright/test'
import { rows } from '../database.ts'
import type { HimsServer } from '../server.ts'
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

/** The name of a program that takes enrollments. */
export function openProgram(server: HimsServer): string {
  const [program] = rows<{ name: string }>(server, 'SELECT name FROM "Program" WHERE active = 1 AND deleted = 0 ORDER BY id LIMIT 1')
  if (program === undefined) throw new Error('the demo has no program')
  return program.name
}
