import { expect, type Page } from '@playwright/test'
import { codeAt, secretBytes } from '#server/accounts/totp.ts'
import { t } from '../words.ts'
import type { Person } from './accounts.ts'

/** Asks for a new password, as somebody who is not signed in. */
export async function askForPassword(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: t('accounts.signIn.forgotten') }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('accounts.forgot.title') })).toBeVisible()
  await page.getByLabel(t('fields.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('accounts.forgot.submit') }).click()
  await expect(page.getByText(t('accounts.forgot.asked'), { exact: true })).toBeVisible()
}

/** @returns the code that an administrator hands over */
export async function makeCode(office: Page, { name }: Person): Promise<string> {
  await office.goto('/people')
  await office.getByRole('button', { name: t('administration.resets.makeFor', { name }) }).click()
  return office.getByRole('textbox', { name: t('administration.resets.code') }).inputValue()
}

export async function changePassword(page: Page, current: string, password: string): Promise<void> {
  await page.goto('/account')
  await page.getByLabel(t('accounts.own.current'), { exact: true }).fill(current)
  await page.getByLabel(t('accounts.own.newPassword'), { exact: true }).fill(password)
  await page.getByRole('button', { name: t('accounts.own.changePassword') }).click()
}

export interface Authenticator {
  /** @param later seconds from now: a code is good once, and the next one is taken already */
  code: (later?: number) => Promise<string>
  recoveryCodes: string[]
}

/** Turns the second factor on. */
export async function setUpFactor(page: Page, { password }: Person): Promise<Authenticator> {
  await page.goto('/account')
  await page.locator('summary', { hasText: t('accounts.factor.begin') }).click()
  await page.getByLabel(t('accounts.factor.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: t('fields.confirm'), exact: true }).click()
  const secret = await page.getByRole('textbox', { name: t('accounts.factor.key'), exact: true }).inputValue()
  const code = (later = 0) => codeAt(secretBytes(secret), Date.now() + later * 1_000)
  await page.getByLabel(t('accounts.factor.code')).fill(await code())
  await page.getByRole('button', { name: t('accounts.factor.confirm') }).click()
  const list = page.getByRole('list', { name: t('accounts.factor.codesTitle') })
  await expect(list.getByRole('listitem')).toHaveCount(10)
  return { code, recoveryCodes: await list.getByRole('listitem').allTextContents() }
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(t('accounts.secondStep.code'), { exact: true }).fill(code)
  await page.getByRole('button', { name: t('accounts.secondStep.submit') }).click()
}
