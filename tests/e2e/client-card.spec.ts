import type { Page } from '@playwright/test'
import { encode } from 'uqr'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { CHIEF, setUp } from './steps/accounts.ts'
import { clientHeading, registerClient } from './steps/clients.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** Points of 1/72 inch, of paper 148 by 105 mm. */
const A6 = { width: 419.5, height: 297.6 }

test('a card is printed without a server: the number in digits and as a code, the name only when it was asked for', async ({
  fresh,
  browserOf,
}) => {
  const page = await (await browserOf(fresh)).newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  expect(await fresh.stop(), 'exit code of the server').toBe(0)
  const number = await registerClient(page, { givenName: 'Amani', familyName: 'Wekesa', age: 34 })
  await page.getByRole('link', { name: t('clients.card.open'), exact: true }).click()

  const card = page.getByRole('region', { name: t('clients.card.open'), exact: true })
  await expect(card.getByText(spokenClientNumber(number), { exact: true })).toBeVisible()
  await expect(card.getByText('AW', { exact: true })).toBeVisible()
  await expect(card).not.toContainText('Amani')
  expect(await drawnModules(page)).toEqual(darkModules(number))
  await expectGoodScreen(page, 'client card')
  await expectOneA6(page)

  await page.getByText(t('clients.card.fullName'), { exact: true }).click()
  await expect(card.getByText('Amani Wekesa', { exact: true })).toBeVisible()
  expect(await drawnModules(page), 'the name is not in the code').toEqual(darkModules(number))
  await expectOneA6(page)
})

function darkModules(number: string): string[] {
  return encode(number, { ecc: 'M', border: 4 }).data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${x} ${y}`] : [])))
}

async function drawnModules(page: Page): Promise<string[]> {
  const path = await page
    .getByRole('region', { name: t('clients.card.open') })
    .locator('svg path')
    .getAttribute('d')
  return [...(path ?? '').matchAll(/M(\d+ \d+)/g)].map(([, place]) => place ?? '')
}

async function expectOneA6(page: Page): Promise<void> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, path: test.info().outputPath('card.pdf') })).toString('latin1')
  const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => ({
    width: Number(width),
    height: Number(height),
  }))
  expect(sheets).toHaveLength(1)
  expect(Math.abs((sheets[0]?.width ?? 0) - A6.width)).toBeLessThan(2)
  expect(Math.abs((sheets[0]?.height ?? 0) - A6.height)).toBeLessThan(2)
}
