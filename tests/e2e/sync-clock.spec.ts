import type { Page } from '@playwright/test'
import { rows } from './database.ts'
import { changePhone, correct, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { setClockOff } from './steps/clock.ts'
import { doctorAt } from './steps/doctors.ts'
import { bannerOn } from './steps/review.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const YEAR_MS = 365 * 86_400_000
const NAME = 'Wema Hours'

test('L3: two clocks that are years off, one each way: edits are sent, stand in the order they were made, and the times say so', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(240_000)
  const ahead = await atWork('amina', 3 * YEAR_MS)
  const behind = await atWork('joseph', -2 * YEAR_MS)
  const number = await registerClient(behind, { givenName: 'Wema', familyName: 'Hours', age: 61, phone: '0711 500 000' })
  await expectAllSent(behind)

  await test.step('one after the other, whatever the clocks say', async () => {
    await openClient(ahead, number, NAME)
    await changePhone(ahead, '0711 500 001')
    await expectPhone(behind, '0711 500 001')
    await changePhone(behind, '0711 500 002')
    await expectPhone(ahead, '0711 500 002')
    await correct(ahead, { address: 'Old market' })
    await expect(behind.getByText('Old market')).toBeVisible()
    for (const page of [ahead, behind]) await expect(bannerOn(page, t('review.conflict'))).toHaveCount(0)
    expect(rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', number)).toEqual([
      { phone: '0711 500 002', address: 'Old market' },
    ])
  })

  await test.step('without a server too', async () => {
    await district.stop()
    await changePhone(behind, '0711 500 003')
    await correct(ahead, { address: 'New market' })
    await district.start()
    for (const page of [ahead, behind]) {
      await expectPhone(page, '0711 500 003')
      await expect(page.getByText('New market')).toBeVisible()
      await expectAllSent(page)
    }
  })

  await test.step('the history tells both times of a change', async () => {
    await ahead.getByRole('button', { name: t('history.show') }).click()
    const list = ahead.getByRole('list', { name: t('history.list') })
    const phone = list.getByRole('listitem').filter({ hasText: '0711 500 003' })
    const year = new Date().getUTCFullYear()
    await expect(phone).toContainText(new RegExp(`Written .*${year - 2}.*arrived at the server .*${year}`))
    const created = list.getByRole('listitem').filter({ hasText: t('history.what.clients.create') })
    await expect(created).toContainText(new RegExp(`${year - 2}.*${year}`))
    const address = list.getByRole('listitem').filter({ hasText: 'New market' })
    await expect(address).toContainText(new RegExp(`Written .*${year + 3}.*arrived at the server .*${year}`))
    await expect(address).toContainText(t('history.clockAhead'))
  })

  await test.step('both are told that their clock is wrong', async () => {
    for (const [page, words] of [
      [ahead, 'sync.clock.ahead'],
      [behind, 'sync.clock.behind'],
    ] as const) {
      await page.goto('/sync')
      await expect(page.getByText(new RegExp(`^${t(words, { length: '\\d.+' })}$`)).first()).toBeVisible()
      await expect(page.getByText(t('sync.clock.hint'))).toBeVisible()
    }
  })

  async function atWork(who: 'amina' | 'joseph', off: number): Promise<Page> {
    const context = await browserOf(district)
    await setClockOff(context, off)
    return doctorAt(district, who, async () => context)
  }
})
