import { expect, type Locator, type Page } from '@playwright/test'
import { formatNumber } from '#app/language/dates.ts'
import { t } from '../words.ts'

type Tile = 'clients' | 'registeredThisWeek' | 'enrolledNow' | 'programsActive'

export function tile(page: Page, name: Tile): Locator {
  return page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${t(`dashboard.${name}`)}$`) })
    .locator('xpath=../dd')
}

export async function expectTile(page: Page, name: Tile, value: number): Promise<void> {
  await expect(tile(page, name), t(`dashboard.${name}`)).toHaveText(formatNumber(value, 'en'))
}
