import { rows } from './database.ts'
import { clientHeading, enrol, enrollment, openClient, registerClient, rowOf, search } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { openProgram } from './steps/programs.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('M13 M14: two records of one person are joined: what is right is chosen, all enrollments stay, the old number leads on', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(240_000)
  const program = openProgram(district)
  const page = await doctorAt(district, 'amina', browserOf)
  const first = await registerClient(page, { givenName: 'Zuhurajoin', familyName: 'Onejoin', age: 41, phone: '0711 650 001' })
  await enrol(page, [program])
  const second = await registerClient(page, { givenName: 'Zuhurajoin', familyName: 'Onejoin', age: 41, phone: '0711 650 001' })
  await enrol(page, [program])
  await page.getByRole('link', { name: t('fields.edit') }).click()
  await page.getByLabel(t('fields.phone'), { exact: true }).fill('0711 650 002')
  await page.getByRole('button', { name: t('fields.save'), exact: true }).click()
  await expectAllSent(page)

  await test.step('the question whether they are one leads to it', async () => {
    await openClient(page, second, 'Zuhurajoin Onejoin')
    await page.getByRole('link', { name: t('joining.open') }).click()
    await expect(clientHeading(page, t('joining.title'))).toBeVisible()
    await expectGoodScreen(page, 'joining two clients')
  })
  await test.step('without the server it says so, and waits', async () => {
    await district.stop()
    await expect(page.getByText(t('joining.offline'))).toBeVisible()
    await expect(page.getByRole('button', { name: t('joining.join'), exact: true })).toBeDisabled()
    await district.start()
    await expect(page.getByText(t('joining.offline'))).toBeHidden()
  })
  await test.step('what is right is chosen, and the name confirms', async () => {
    await page
      .getByRole('group', { name: t('fields.phone') })
      .getByText('0711 650 002')
      .click()
    await page.getByRole('button', { name: t('joining.join'), exact: true }).click()
    await expect(page.getByText(t('removal.mismatch'))).toBeVisible()
    await page.getByLabel(t('joining.typeName', { name: 'Onejoin' })).fill('onejoin')
    await page.getByRole('button', { name: t('joining.join'), exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`/clients/${first}$`))
    await expect(page.getByRole('main').getByText('0711 650 002')).toBeVisible()
    await expect(enrollment(page, program)).toHaveCount(2)
    await expectAllSent(page)
  })
  expect(rows(district, 'SELECT "mergedInto", phone FROM "Client" WHERE id IN (?, ?) ORDER BY "createdAt"', first, second)).toEqual([
    { mergedInto: null, phone: '0711 650 002' },
    { mergedInto: first, phone: '0711 650 002' },
  ])

  await test.step('elsewhere, by the old number and by name there is one', async () => {
    const joseph = await doctorAt(district, 'joseph', browserOf)
    await joseph.goto(`/clients/${second}`)
    await joseph.getByRole('link', { name: t('clients.joinedLink') }).click()
    await expect(joseph).toHaveURL(new RegExp(`/clients/${first}$`))
    await joseph.goto('/')
    await search(joseph, 'Zuhurajoin')
    await expect(rowOf(joseph, 'Zuhurajoin Onejoin')).toHaveCount(1)
  })

  await test.step('M16: it was a mistake: from the record that stands one finds the old one, and undoes it', async () => {
    await page.getByRole('link', { name: t('joining.openJoined') }).click()
    await expect(page).toHaveURL(new RegExp(`/clients/${second}$`))
    await page.getByRole('button', { name: t('joining.part') }).click()
    await expect(page.getByRole('alertdialog')).toContainText(t('joining.partHint'))
    await page.getByRole('button', { name: t('joining.partConfirm'), exact: true }).click()
    await expect(page.getByText(t('clients.joined'))).toBeHidden()
    await expect(enrollment(page, program)).toHaveCount(1)
    await page.goto(`/clients/${first}`)
    await expect(enrollment(page, program)).toHaveCount(1)
  })
})
