import { expect, type Locator, type Page } from '@playwright/test'
import { formatNumber } from '#app/language/dates.ts'
import { FEWEST } from '#domain/statistics/overview.ts'
import { t } from '../words.ts'

type Tile = 'clients' | 'registeredThisWeek' | 'enrolledNow' | 'programsActive'

export function tile(page: Page, name: Tile): Locator {
  return page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${t(`dashboard.${name}`)}$`) })
    .locator('xpath=../dd')
}

export async function expectTile(page: Page, name: Tile, value: number): Promise<void> {
  await expect(tile(page, name), t(`dashboard.${name}`)).toHaveText(name === 'programsActive' ? String(value) : told(value))
}

/** A count of people as a viewer is told it. */
export function told(count: number): string {
  return count < FEWEST ? t('dashboard.fewer', { figure: FEWEST }) : formatNumber(count, 'en')
}

/** The same of a sum: parts that are too small to be told are not in it. */
export async function expectEnrolledNow(page: Page, byProgram: readonly number[]): Promise<void> {
  const shown = byProgram.filter((active) => active >= FEWEST)
  const figure = formatNumber(
    shown.reduce((sum, active) => sum + active, 0),
    'en',
  )
  const words = shown.length < byProgram.length ? t('dashboard.andMore', { figure }) : figure
  await expect(tile(page, 'enrolledNow')).toHaveText(words)
}
