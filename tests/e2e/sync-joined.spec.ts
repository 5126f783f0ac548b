import { joinClients, rows } from './database.ts'
import { clientHeading, enrol, enrollment, openClient, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('M1: the page of a client who was joined into another can be read, offers no change, and leads to the one that stands', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(120_000)
  const [program] = rows<{ name: string }>(district, 'SELECT name FROM "Program" WHERE active = 1 AND deleted = 0 ORDER BY id LIMIT 1')
  if (program === undefined) throw new Error('the demo has no program')
  const amina = await doctorAt(district, 'amina', browserOf)
  const stands = await registerClient(amina, { givenName: 'Zawadi', familyName: 'Stands', age: 51 })
  const joined = await registerClient(amina, { givenName: 'Zawadi', familyName: 'Joined', age: 51 })
  await enrol(amina, [program.name])
  await expectAllSent(amina)
  joinClients(district, joined, stands)

  const joseph = await doctorAt(district, 'joseph', browserOf)
  await openClient(joseph, joined, 'Zawadi Joined')
  await expect(joseph.getByText(t('clients.joined'))).toBeVisible()
  await expect(enrollment(joseph, program.name)).toBeVisible()
  await expect(joseph.getByRole('link', { name: t('fields.edit') })).toHaveCount(0)
  for (const name of [t('enrollments.enrol'), t('enrollments.endOf', { program: program.name }), t('removal.remove')])
    await expect(joseph.getByRole('button', { name })).toHaveCount(0)
  await expectGoodScreen(joseph, 'client who was joined into another')

  await joseph.goto(`/clients/${joined}/edit`)
  await expect(joseph.getByText(t('clients.joined'))).toBeVisible()
  await expect(joseph.getByRole('button', { name: t('fields.save'), exact: true })).toHaveCount(0)
  await joseph.getByRole('link', { name: t('clients.joinedLink') }).click()
  await expect(clientHeading(joseph, 'Zawadi Stands')).toBeVisible()
  await expect(joseph.getByRole('link', { name: t('fields.edit') })).toBeVisible()
})
