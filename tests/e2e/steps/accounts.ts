import { expect, type Page } from '@playwright/test'
import type { Role } from '#domain/access/access.ts'
import type { HimsServer } from '../server.ts'
import { t } from '../words.ts'

export interface Person {
  name: string
  email: string
  password: string
}

export const CHIEF: Person = { name: 'Wanjiru Kamau', email: 'chief@clinic.example.org', password: 'seven quiet rivers run' }
export const ACHIENG: Person = { name: 'Dr Achieng Otieno', email: 'achieng@clinic.example.org', password: 'a green door by the well' }
export const BARAKA: Person = { name: 'Dr Baraka Mwangi', email: 'baraka@clinic.example.org', password: 'rain falls on tin roofs' }

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** Fills the page behind a set-up link and sends it. */
export async function setUp(page: Page, link: string, person: Person): Promise<void> {
  await page.goto(link)
  await page.getByLabel(t('fields.name'), { exact: true }).fill(person.name)
  await page.getByLabel(t('fields.email'), { exact: true }).fill(person.email)
  await page.getByLabel(t('fields.password'), { exact: true }).fill(person.password)
  await page.getByRole('button', { name: t('accounts.setup.submit') }).click()
  await workerReady(page)
}

/** It holds the key while a page is loaded anew: until it is there, the next page would ask for the password. */
async function workerReady(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/**
 * @param facility to be named where the inviter has several to give
 * @returns the link, from the page of a person who is signed in
 */
export async function invite(page: Page, email: string, facility?: string): Promise<string> {
  await page.goto('/people')
  await page.getByLabel(t('fields.email'), { exact: true }).fill(email)
  if (facility !== undefined) await page.getByRole('checkbox', { name: facility }).check()
  await page.getByRole('button', { name: t('administration.invite.submit') }).click()
  return page.getByLabel(t('administration.invite.link'), { exact: true }).inputValue()
}

export async function acceptInvitation(page: Page, link: string, person: Person): Promise<void> {
  await page.goto(link)
  await page.getByLabel(t('fields.name'), { exact: true }).fill(person.name)
  await page.getByLabel(t('fields.password'), { exact: true }).fill(person.password)
  await page.getByRole('button', { name: t('accounts.invitation.submit') }).click()
  await workerReady(page)
}

export async function tryToSignIn(page: Page, { email, password }: Omit<Person, 'name'>): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel(t('fields.email'), { exact: true }).fill(email)
  await page.getByLabel(t('fields.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: t('accounts.signIn.submit') }).click()
}

/** Signs in and waits for the page where this person's work is. */
export async function signIn(page: Page, person: Omit<Person, 'name'>, arrivesAt: string = t('home.title')): Promise<void> {
  await tryToSignIn(page, person)
  await expect(heading(page, arrivesAt)).toBeVisible()
  await workerReady(page)
}

/** A browser that was started anew holds no key: the password opens what lies on the tablet, also without a server. */
export async function unlock(page: Page, { password, name }: Pick<Person, 'password' | 'name'>): Promise<void> {
  await expect(heading(page, t('lock.title'))).toBeVisible()
  const choice = page.getByRole('radio', { name, exact: true })
  if ((await choice.count()) > 0) await choice.check()
  await page.getByLabel(t('fields.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: t('lock.submit'), exact: true }).click()
  await expect(heading(page, t('lock.title'))).toBeHidden()
}

/** By the account's menu. */
export async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('lock.now'), exact: true }).click()
  await expect(heading(page, t('lock.title'))).toBeVisible()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('shell.account.signOut') }).click()
  await expect(heading(page, t('accounts.signIn.title'))).toBeVisible()
}

/** One of the demo clinic's people. */
export function demoPerson(server: HimsServer, role: Role, which = 0): Person {
  const person = server.demo.accounts.filter(({ roles }) => roles.includes(role))[which]
  if (person === undefined) throw new Error(`the demo has no ${role}`)
  return person
}
