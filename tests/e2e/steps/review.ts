import { expect, type Locator, type Page } from '@playwright/test'
import { t } from '../words.ts'

export async function openReview(page: Page): Promise<void> {
  await page.goto('/review')
  await expect(page.getByRole('heading', { level: 1, name: t('review.title') })).toBeVisible()
}

/** An open question of the list, by what stands in it. */
export function questionWith(page: Page, words: string): Locator {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: words })
}

export async function unfold(question: Locator): Promise<void> {
  await question.locator('summary').click()
}

/** The question on a record's page. */
export function bannerOn(page: Page, title: string): Locator {
  return page.getByRole('group').filter({ hasText: title })
}

/** Gives a change up, as one does who knows what it was. */
export async function discard(page: Page, question: Locator): Promise<void> {
  await question.getByRole('button', { name: t('review.discard') }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByRole('button', { name: t('review.discardConfirm') })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: t('review.discardCheck') }).check()
  await dialog.getByRole('button', { name: t('review.discardConfirm') }).click()
  await expect(dialog).toBeHidden()
}
