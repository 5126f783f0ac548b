import { rows } from './database.ts'
import { changePhone, correct, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { Pushes } from './steps/pushes.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'

const NAME = 'Imara Tabs'

test('O2, O12: two tabs of one account: one talks to the server, both show the same at once, and the other goes on when the first is closed', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const context = await browserOf(district)
  const seen = new Map<object, Pushes>()
  context.on('page', (page) => seen.set(page, new Pushes(page)))
  const first = await doctorAt(district, 'amina', async () => context)
  const number = await registerClient(first, { givenName: 'Imara', familyName: 'Tabs', age: 22, phone: '0711 600 000' })
  const second = await context.newPage()
  await openClient(second, number, NAME)
  const pushes = { first: seen.get(first) as Pushes, second: seen.get(second) as Pushes }
  await expect.poll(() => [pushes.first.open, pushes.second.open].sort()).toEqual([0, 1])

  await test.step('edits of both arrive in both, and leave by one of them', async () => {
    const sentBefore = pushes.first.changeIds.length + pushes.second.changeIds.length
    await changePhone(first, '0711 600 001')
    await expectPhone(second, '0711 600 001')
    await correct(second, { address: 'Tall tree' })
    await expect(first.getByText('Tall tree')).toBeVisible()
    await Promise.all([changePhone(first, '0711 600 002'), correct(second, { address: 'Short tree' })])
    for (const page of [first, second]) {
      await expectPhone(page, '0711 600 002')
      await expect(page.getByText('Short tree')).toBeVisible()
      await expectAllSent(page)
    }
    const leader = pushes.first.open === 1 ? pushes.first : pushes.second
    const sent = [...pushes.first.changeIds, ...pushes.second.changeIds].slice(sentBefore)
    expect(sent).toHaveLength(4)
    expect(leader.changeIds.slice(-4)).toEqual(sent)
  })

  await test.step('the tab that talks to the server is closed', async () => {
    const [leading, other] = pushes.first.open === 1 ? [first, second] : [second, first]
    await leading.close()
    await changePhone(other, '0711 600 003')
    await expectAllSent(other)
    await expect.poll(() => rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0711 600 003' }])
  })

  const arrived = rows<{ deviceId: string; n: number; outcome: string }>(
    district,
    'SELECT DISTINCT "deviceId", n, outcome FROM "Push" WHERE "recordId" = ? ORDER BY n',
    number,
  )
  expect(new Set(arrived.map(({ deviceId }) => deviceId)).size).toBe(1)
  expect(arrived.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6])
  const all = [...pushes.first.changeIds, ...pushes.second.changeIds]
  expect(new Set(all).size).toBe(all.length)
})
