import { expect, type Locator, type Page } from '@playwright/test'
import { t } from '../words.ts'

export interface Registration {
  givenName: string
  familyName: string
  age: number
  phone?: string
}

export const UNSENT = t('fields.record.unsent')
export const SENT = t('fields.record.sent')

export function clientHeading(page: Page, name: string): Locator {
  return page.getByRole('heading', { level: 1, name, exact: true })
}

/** The mark beside the client's number. */
export function clientMark(page: Page, mark: string): Locator {
  return page.getByRole('main').locator('header').getByText(mark, { exact: true })
}

export async function search(page: Page, typed: string): Promise<void> {
  await page.getByRole('searchbox', { name: t('home.search') }).fill(typed)
}

export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('link').filter({ has: page.getByText(name, { exact: true }) })
}

/** Fills the form and saves; ends on the client's page. @returns the client's number */
export async function registerClient(page: Page, { givenName, familyName, age, phone }: Registration): Promise<string> {
  await page.goto('/clients/new')
  await page.getByLabel(t('clients.givenName')).fill(givenName)
  await page.getByLabel(t('clients.familyName')).fill(familyName)
  await page.getByRole('button', { name: t('clients.onlyAge') }).click()
  await page.getByLabel(t('clients.age')).fill(String(age))
  if (phone !== undefined) await page.getByLabel(t('fields.phone'), { exact: true }).fill(phone)
  await page.getByRole('button', { name: t('clients.register'), exact: true }).click()
  await expect(clientHeading(page, `${givenName} ${familyName}`)).toBeVisible()
  return numberIn(page)
}

export function numberIn(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

export async function enrol(page: Page, programs: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: t('enrollments.enrol') }).click()
  const dialog = page.getByRole('dialog')
  for (const program of programs) await dialog.getByRole('checkbox', { name: program }).check()
  await dialog.getByRole('button', { name: t('enrollments.save'), exact: true }).click()
  await expect(dialog).toBeHidden()
  for (const program of programs) await expect(enrollment(page, program)).toBeVisible()
}

export function enrollment(page: Page, program: string): Locator {
  return page
    .getByRole('list', { name: t('enrollments.title') })
    .getByRole('listitem')
    .filter({ hasText: program })
}

export async function changePhone(page: Page, phone: string): Promise<void> {
  await page.getByRole('link', { name: t('fields.edit') }).click()
  await page.getByLabel(t('fields.phone'), { exact: true }).fill(phone)
  await page.getByRole('button', { name: t('fields.save'), exact: true }).click()
  await expectPhone(page, phone)
}

export async function expectPhone(page: Page, phone: string): Promise<void> {
  await expect(page.getByRole('link', { name: t('clients.call', { phone }) })).toBeVisible()
}

export interface Correction {
  phone?: string
  address?: string
}

/** From the client's page into the form. */
export async function openForm(page: Page): Promise<void> {
  await page.getByRole('link', { name: t('fields.edit') }).click()
  await expect(page.getByRole('button', { name: t('fields.save'), exact: true })).toBeVisible()
}

export async function type(page: Page, { phone, address }: Correction): Promise<void> {
  if (phone !== undefined) await page.getByLabel(t('fields.phone'), { exact: true }).fill(phone)
  if (address !== undefined) await page.getByLabel(t('fields.address'), { exact: true }).fill(address)
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('fields.save'), exact: true }).click()
  await expect(page.getByRole('link', { name: t('fields.edit') })).toBeVisible()
}

export async function correct(page: Page, correction: Correction): Promise<void> {
  await openForm(page)
  await type(page, correction)
  await save(page)
}

/** Opens a client's page anew, as from a bookmark. */
export async function openClient(page: Page, number: string, name: string): Promise<void> {
  await page.goto(`/clients/${number}`)
  await expect(clientHeading(page, name)).toBeVisible()
}
