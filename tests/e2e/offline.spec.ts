import type { BrowserContext, Page } from '@playwright/test'
import { count, rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { ACHIENG, acceptInvitation, CHIEF, invite, setUp, unlock } from './steps/accounts.ts'
import {
  changePhone,
  clientHeading,
  clientMark,
  enrol,
  enrollment,
  expectPhone,
  numberIn,
  registerClient,
  rowOf,
  SENT,
  search,
  UNSENT,
} from './steps/clients.ts'
import { Keyboard } from './steps/keyboard.ts'
import { createProgram, HIV, TB } from './steps/programs.ts'
import { chip, expectAllSent, expectToSend, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NAME = 'Amani Wekesa'
const FIRST_PHONE = '0711 222 333'
const SECOND_PHONE = '0722 333 444'
/** Fewer would surprise a doctor; more would tire her (ux.md, check 2). */
const MOST_ACTIONS = 25

test('a day without a server: what a doctor writes is kept through reload and restart, sent once, and elsewhere at once', async ({
  fresh,
  tablet,
  browserOf,
}) => {
  test.setTimeout(240_000)
  let context = await tablet.open()
  let page = context.pages()[0] as Page

  await test.step('online: the doctor makes two programs, a colleague waits at the search', async () => {
    await setUp(page, await fresh.setupLink(), CHIEF)
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
    await createProgram(page, HIV)
    await createProgram(page, TB)
    await readyOffline(page)
    await expectAllSent(page)
  })
  const colleague = await test.step('a colleague signs in on another device', () => invitedColleague(fresh, page, browserOf))

  await test.step('the server stops, and says so nowhere but in the chip', async () => {
    expect(await fresh.stop(), 'exit code of the server').toBe(0)
    await page.close()
    page = await context.newPage()
    await page.goto('/')
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
    await expect(chip(page)).toContainText(t('shell.chip.offline'))
  })

  await test.step('new tab, by keyboard only: nobody is found, so the person is registered', async () => {
    const keys = new Keyboard(page)
    await page.getByRole('searchbox', { name: t('home.search') }).focus()
    await keys.type(NAME)
    await expect(page.getByText(t('home.nothing', { typed: NAME }))).toBeVisible()
    await keys.tabTo(t('home.register', { typed: NAME }))
    await keys.press('Enter')
    await expect(page.getByLabel(t('clients.givenName'))).toHaveValue('Amani')
    await expect(page.getByLabel(t('clients.familyName'))).toHaveValue('Wekesa')
    await expect(page.getByLabel(t('clients.givenName'))).toBeFocused()
    await keys.tabTo(t('clients.onlyAge'))
    await keys.press('Enter')
    await expect(page.getByLabel(t('clients.age'))).toBeFocused()
    await keys.type('34')
    await keys.tabTo(t('fields.phone'))
    await keys.type(FIRST_PHONE)
    await keys.press('Enter')
    await expect(clientHeading(page, NAME)).toBeVisible()
    expect(keys.actions, 'actions').toBeLessThanOrEqual(MOST_ACTIONS)
    await expect(page.getByText(t('clients.about', { years: t('clients.years', { count: 34 }) }), { exact: false }).first()).toBeVisible()
  })
  const number = numberIn(page)

  await test.step('enrolled in two programs, phone corrected: each thing says that only this device has it', async () => {
    await enrol(page, [HIV.name, TB.name])
    await changePhone(page, SECOND_PHONE)
    await expectUnsent(page)
    await page.reload()
    await expectUnsent(page)
  })

  await test.step('the browser is closed and opened again, the server still away: all there, and still not sent', async () => {
    await tablet.close()
    context = await tablet.open()
    page = await context.newPage()
    await page.goto(`/clients/${number}`)
    await unlock(page, CHIEF)
    await expectUnsent(page)
    await page.goto('/')
    await search(page, 'wekesa')
    await expect(rowOf(page, NAME)).toContainText(UNSENT)
    await rowOf(page, NAME).click()
    await expect(clientHeading(page, NAME)).toBeVisible()
  })

  await test.step('the server starts: everything is sent without a click, and only then the marks change', async () => {
    await expectUnsent(page)
    await fresh.start()
    await expectAllSent(page)
    await expect(clientMark(page, SENT)).toBeVisible()
    await expect(page.getByText(UNSENT)).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(NAME)
  })

  await test.step('the colleague has the client without a reload', async () => {
    await expect(rowOf(colleague, NAME)).toBeVisible()
    await rowOf(colleague, NAME).click()
    await expectPhone(colleague, SECOND_PHONE)
    for (const { name } of [HIV, TB]) await expect(enrollment(colleague, name)).toBeVisible()
  })

  await test.step('the database holds one client, two enrollments, and each change once and in order', async () => {
    expect(rows(fresh, 'SELECT id, "givenName", "familyName", phone FROM "Client"')).toEqual([
      { id: number, givenName: 'Amani', familyName: 'Wekesa', phone: SECOND_PHONE },
    ])
    expect(rows(fresh, 'SELECT "programId" FROM "Enrollment" WHERE "clientId" = ? ORDER BY "programId"', number)).toEqual([
      { programId: HIV.code },
      { programId: TB.code },
    ])
    expect(count(fresh, '"Enrollment"')).toBe(2)
    expectNumberedInOrder(fresh, 6)
  })

  await test.step('later edits go both ways, live', async () => {
    await changePhone(colleague, '0733 444 555')
    await expectPhone(page, '0733 444 555')
    await changePhone(page, '0744 555 666')
    await expectPhone(colleague, '0744 555 666')
    await expectAllSent(page)
    expect(rows(fresh, 'SELECT phone FROM "Client"')).toEqual([{ phone: '0744 555 666' }])
  })

  async function expectUnsent(on: Page): Promise<void> {
    await expect(clientHeading(on, NAME)).toBeVisible()
    await expect(clientMark(on, UNSENT)).toBeVisible()
    for (const { name } of [HIV, TB]) await expect(enrollment(on, name)).toContainText(UNSENT)
    await expectPhone(on, SECOND_PHONE)
    await expectToSend(on, 4)
  }
})

test('a power cut of the server loses nothing that was written before and after it', async ({ fresh, browserOf }) => {
  const page = await (await browserOf(fresh)).newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  const before = await registerClient(page, { givenName: 'Neema', familyName: 'Before', age: 20 })
  await expectAllSent(page)
  await fresh.kill()
  const after = await registerClient(page, { givenName: 'Imani', familyName: 'After', age: 40 })
  await expect(clientMark(page, UNSENT)).toBeVisible()
  await fresh.start()
  await expectAllSent(page)
  await expect(clientMark(page, SENT)).toBeVisible()
  expect(rows(fresh, 'SELECT id FROM "Client" ORDER BY "createdAt", seq')).toEqual([{ id: before }, { id: after }])
  expectNumberedInOrder(fresh, 2)
})

/** Each device's changes arrived as n = 1, 2, 3 ..., each once, and were applied in that order. */
function expectNumberedInOrder(server: HimsServer, most: number): void {
  const pushes = rows<{ deviceId: string; n: number; outcome: string }>(server, 'SELECT "deviceId", n, outcome FROM "Push" ORDER BY seq')
  const first = pushes.filter(({ deviceId }) => deviceId === pushes[0]?.deviceId)
  expect(first.map(({ n }) => n)).toEqual(Array.from({ length: most }, (_, index) => index + 1))
  expect(pushes.every(({ outcome }) => outcome === 'applied')).toBe(true)
}

async function invitedColleague(server: HimsServer, page: Page, browserOf: (server: HimsServer) => Promise<BrowserContext>): Promise<Page> {
  const link = await invite(page, ACHIENG.email)
  const colleague = await (await browserOf(server)).newPage()
  await acceptInvitation(colleague, link, ACHIENG)
  await expect(clientHeading(colleague, t('home.title'))).toBeVisible()
  await expectAllSent(colleague)
  return colleague
}
