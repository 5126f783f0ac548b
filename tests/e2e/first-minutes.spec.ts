import type { Page } from '@playwright/test'
import { count } from './database.ts'
import { HimsServer } from './server.ts'
import { ACHIENG, acceptInvitation, BARAKA, CHIEF, invite, setUp, signIn, signOut, tryToSignIn } from './steps/accounts.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** A newcomer's first minutes, on one server that starts empty: each test goes on from the one before. */
test.describe
  .serial('the first minutes of an installation', () => {
    let server: HimsServer
    let setupLink: string
    let invitation: string

    test.beforeAll(async () => {
      server = await HimsServer.started()
      setupLink = await server.setupLink()
    })
    test.afterAll(() => server.remove())

    test('nobody gets further than the sign-in page before the first account is made', async ({ browserOf }) => {
      const page = await (await browserOf(server)).newPage()
      await page.goto('/people')
      await expect(page).toHaveURL(/\/sign-in\?next=%2Fpeople$/)
      await expect(page.getByText(t('accounts.signIn.noAccount'))).toBeVisible()
    })

    test('the set-up link makes the first account, which also sees clients unless somebody says otherwise', async ({
      browserOf,
      watch,
    }) => {
      watch(server).expectError(/status of 400/)
      const page = await (await browserOf(server)).newPage()
      await setUp(page, setupLink, { ...CHIEF, password: 'too short' })
      await expect(page.getByRole('alert').getByText(t('problems.password-short'))).toBeVisible()
      await expect(page.getByRole('checkbox', { name: t('accounts.setup.alsoDoctor') })).toBeChecked()
      await setUp(page, setupLink, CHIEF)
      await expect(page.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
      expect(count(server, `"Account" WHERE roles = 'admin doctor'`)).toBe(1)
    })

    test('a set-up link that was used is refused in words', async ({ browserOf, watch }) => {
      watch(server).expectError(/status of 410/)
      const page = await (await browserOf(server)).newPage()
      await page.goto(setupLink)
      await expect(page.getByText(t('accounts.link.already-used'))).toBeVisible()
      await expect(page.getByRole('button', { name: t('accounts.setup.submit') })).toBeHidden()
    })

    test('a wrong password says so, and the page keeps the e-mail', async ({ browserOf, watch }) => {
      watch(server).expectError(/status of 401/)
      const page = await (await browserOf(server)).newPage()
      await tryToSignIn(page, { ...CHIEF, password: 'not the right password' })
      await expect(page.getByRole('alert').getByText(t('problems.wrong-credentials'))).toBeVisible()
      await expect(page.getByLabel(t('fields.email'), { exact: true })).toHaveValue(CHIEF.email)
    })

    test('the administrator hands over an invitation as link and QR code, and learns that only this machine opens it', async ({
      browserOf,
    }) => {
      const page = await (await browserOf(server)).newPage()
      await signIn(page, CHIEF)
      invitation = await invite(page, ACHIENG.email)
      expect(invitation).toMatch(new RegExp(`^${server.origin}/invitation/\\S{40,}$`))
      await expect(page.getByRole('img', { name: t('administration.invite.qr') })).toBeVisible()
      await expect(page.getByText(t('administration.invite.onlyHere', { origin: server.origin }))).toBeVisible()
      await page.goto('/people')
      await expect(page.getByRole('table', { name: t('administration.people.open') })).toContainText(ACHIENG.email)
      await expect(page.locator('body')).not.toContainText(invitation)
      await signOut(page)
    })

    test('the invited doctor opens the link in another browser, sets a password and is at work', async ({ browserOf }) => {
      const page = await (await browserOf(server)).newPage()
      await page.goto(invitation)
      await expect(page.getByLabel(t('fields.email'), { exact: true })).toHaveValue(ACHIENG.email)
      await acceptInvitation(page, invitation, ACHIENG)
      await expect(page.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
      await signOut(page)
      await signIn(page, ACHIENG)
      await expect(menuEntry(page, t('shell.nav.audit'))).toHaveCount(0)
    })

    test('a doctor invites a doctor, and can give no other role', async ({ browserOf }) => {
      const page = await (await browserOf(server)).newPage()
      await signIn(page, ACHIENG)
      await page.goto('/people')
      await expect(page.getByRole('checkbox', { name: t('accounts.role.admin') })).toHaveCount(0)
      const link = await invite(page, BARAKA.email)
      const other = await (await browserOf(server)).newPage()
      await acceptInvitation(other, link, BARAKA)
      await expect(other.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
      expect(count(server, `"Account" WHERE email = ? AND roles = 'doctor'`, BARAKA.email)).toBe(1)
    })

    test('an address that was asked for before signing in is where a person arrives', async ({ browserOf }) => {
      const page = await (await browserOf(server)).newPage()
      await page.goto('/audit')
      await page.getByLabel(t('fields.email'), { exact: true }).fill(CHIEF.email)
      await page.getByLabel(t('fields.password'), { exact: true }).fill(CHIEF.password)
      await page.getByRole('button', { name: t('accounts.signIn.submit') }).click()
      await expect(page.getByRole('heading', { level: 1, name: t('administration.audit.title') })).toBeVisible()
    })
  })

function menuEntry(page: Page, name: string) {
  return page.getByRole('navigation', { name: t('shell.navigation') }).getByRole('link', { name })
}
