import type { Page } from '@playwright/test'
import { count, rows } from './database.ts'
import { ACHIENG, acceptInvitation, CHIEF, invite, lock, setUp, signIn, tryToSignIn, unlock } from './steps/accounts.ts'
import { clientHeading, registerClient, rowOf, search } from './steps/clients.ts'
import { deviceIn, revoke } from './steps/office.ts'
import { askForPassword, changePassword, makeCode } from './steps/ownAccount.ts'
import { databaseNames } from './steps/storage.ts'
import { expectAllSent, expectToSend, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NEW = 'nine yellow mangoes fell'
type Fixtures = Parameters<Parameters<typeof test>[2]>[0]

/** A chief at the office, and a doctor whose tablet is ready to go without a network. */
async function clinicOf({ browserOf, fresh, watch }: Pick<Fixtures, 'browserOf' | 'fresh' | 'watch'>) {
  watch(fresh).expectError(/status of (400|401|403)/)
  const chief = await (await browserOf(fresh)).newPage()
  await setUp(chief, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(chief, t('home.title'))).toBeVisible()
  const link = await invite(chief, ACHIENG.email)
  const tablet = await browserOf(fresh)
  const page = await tablet.newPage()
  await acceptInvitation(page, link, ACHIENG)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  await expectAllSent(page)
  await expect.poll(() => kept(fresh)).toBeGreaterThanOrEqual(2)
  return { chief, page, tablet }
}

const kept = (server: Fixtures['fresh']) => count(server, '"TabletKey"')
const clients = (server: Fixtures['fresh']) => count(server, '"Client"')

async function register(page: Page, names: readonly string[]): Promise<void> {
  for (const givenName of names) await registerClient(page, { givenName, familyName: 'Sealed', age: 30 })
}

test('K1 K3: five changes made offline, the tablet locked, the password forgotten and made anew: all five arrive and are read here', async ({
  browserOf,
  fresh,
  watch,
}) => {
  test.setTimeout(240_000)
  const { chief, page } = await clinicOf({ browserOf, fresh, watch })
  await fresh.stop()
  await register(page, ['Akinyi', 'Barasa', 'Chebet', 'Duma', 'Etyang'])
  await expectToSend(page, 5)
  await lock(page)
  await fresh.start()

  await test.step('locked as it is, the tablet delivers', async () => {
    await expect(page.getByText(t('lock.delivered', { count: 5 }))).toBeVisible({ timeout: 60_000 })
    expect(await clients(fresh)).toBe(5)
  })

  await test.step('a code from the office makes a new password', async () => {
    await page.getByRole('button', { name: t('lock.somebodyElse') }).click()
    await expect(clientHeading(page, t('accounts.signIn.title'))).toBeVisible()
    await askForPassword(page, ACHIENG.email)
    const code = await makeCode(chief, ACHIENG)
    await page.getByRole('link', { name: t('accounts.forgot.haveCode') }).click()
    await page.getByLabel(t('accounts.reset.code'), { exact: true }).fill(code)
    await page.getByLabel(t('accounts.reset.password'), { exact: true }).fill(NEW)
    await page.getByRole('button', { name: t('accounts.reset.submit') }).click()
    await expect(page.getByText(t('accounts.signIn.newPassword'))).toBeVisible()
  })

  await test.step('which opens what the old one had closed', async () => {
    await signIn(page, { ...ACHIENG, password: NEW })
    await expectAllSent(page)
    await search(page, 'Chebet')
    await expect(rowOf(page, 'Chebet Sealed')).toBeVisible()
    expect(await clients(fresh)).toBe(5)
    await lock(page)
    await fresh.stop()
    await unlock(page, { ...ACHIENG, password: NEW })
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
  })
})

test('K2: a tablet that is revoked while it is locked hands in its sealed copies and forgets everything', async ({
  browserOf,
  fresh,
  watch,
}) => {
  test.setTimeout(240_000)
  const { chief, page, tablet } = await clinicOf({ browserOf, fresh, watch })
  const device = await deviceIn(page)
  await fresh.stop()
  await register(page, ['Fatuma', 'Gitau'])
  await lock(page)
  await page.close()
  await fresh.start()
  await revoke(chief, device)

  const again = await tablet.newPage()
  await again.goto('/')
  await expect(clientHeading(again, t('accounts.signIn.title'))).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => databaseNames(again)).toEqual([])
  const handedIn = rows<{ reason: string; body: string }>(
    fresh,
    `SELECT reason, body FROM "Push" WHERE "deviceId" LIKE ? ORDER BY n`,
    `${device}%`,
  )
  expect(handedIn.map(({ reason }) => reason)).toEqual(['quarantined', 'quarantined'])
  expect(handedIn[0]?.body).toContain('Fatuma')
  await expect.poll(() => count(fresh, '"Device" WHERE id LIKE ? AND "wipedAt" IS NOT NULL', `${device}%`)).toBe(1)
  await tryToSignIn(again, ACHIENG)
  await expect(clientHeading(again, t('home.title'))).toBeVisible()
})

test('a password that is changed on this tablet opens it from then on, also without a network', async ({ browserOf, fresh, watch }) => {
  const { page } = await clinicOf({ browserOf, fresh, watch })
  await changePassword(page, ACHIENG.password, NEW)
  await expect(page.getByText(t('accounts.own.passwordChanged'))).toBeVisible()
  await page.goto('/')
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await lock(page)
  await fresh.stop()
  await unlock(page, { ...ACHIENG, password: NEW })
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
})
