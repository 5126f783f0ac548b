import { CHIEF, setUp, unlock } from './steps/accounts.ts'
import { clientHeading, registerClient, search } from './steps/clients.ts'
import { movableClock, moveClock } from './steps/clock.ts'
import { expectAllSent, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const HOUR = 3_600_000

test('the lease: an administrator sets its days; it warns, closes old records, leaves work open, and ends with the server', async ({
  fresh,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  watch(fresh).expectError(/status of 400/)
  const context = await browserOf(fresh)
  await movableClock(context)
  const page = await context.newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  await registerClient(page, { givenName: 'Zamani', familyName: 'Oldrecord', age: 50 })
  await expectAllSent(page)

  await test.step('nonsense is refused in words, a day is taken', async () => {
    await page.goto('/settings')
    await page.getByLabel(t('administration.settings.leaseDays')).fill('0')
    await page.getByRole('button', { name: t('administration.settings.save') }).click()
    await expect(page.getByRole('link', { name: t('problems.lease-days') })).toBeVisible()
    await page.getByLabel(t('administration.settings.leaseDays')).fill('1')
    await page.getByRole('button', { name: t('administration.settings.save') }).click()
    await expect(page.getByText(t('administration.settings.saved'))).toBeVisible()
  })
  await test.step('the tablet hears of it at its next contact, and says nothing while the server is there', async () => {
    await page.goto('/')
    await expectAllSent(page)
    await expect(page.getByText(t('sync.lease.endingHint'))).toHaveCount(0)
  })
  await fresh.stop()
  await test.step('after more than half of it, it warns', async () => {
    await later(13)
    await expect(page.getByText(t('sync.lease.endingHint'))).toBeVisible()
    await search(page, 'Oldrecord')
    await expect(page.getByRole('link').filter({ hasText: 'Zamani Oldrecord' })).toBeVisible()
  })
  await test.step('when it is over, old records are closed, and a client can be registered', async () => {
    await later(26)
    await expect(page.getByText(t('sync.lease.overHint'))).toBeVisible()
    await search(page, 'Oldrecord')
    await expect(page.getByText(t('home.nothing', { typed: 'Oldrecord' }))).toBeVisible()
    await registerClient(page, { givenName: 'Mpya', familyName: 'Newrecord', age: 20 })
  })
  await test.step('contact opens everything again', async () => {
    await fresh.start()
    await expectAllSent(page)
    await page.goto('/')
    await search(page, 'Oldrecord')
    await expect(page.getByRole('link').filter({ hasText: 'Zamani Oldrecord' })).toBeVisible()
  })

  /** So many hours after the start, in steps that no clock jumps by: the tablet locks itself meanwhile. */
  async function later(hours: number): Promise<void> {
    await moveClock(page, hours * HOUR)
    await page.goto('/')
    const locked = clientHeading(page, t('lock.title'))
    await expect(locked.or(clientHeading(page, t('home.title')))).toBeVisible()
    if (await locked.isVisible()) await unlock(page, CHIEF)
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
  }
})
