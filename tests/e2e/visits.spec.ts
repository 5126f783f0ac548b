import { addDays } from '#domain/calendar.ts'
import { rows } from './database.ts'
import { enrol, enrollment, openClient, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { openProgram } from './steps/programs.ts'
import { expectGoodScreen, expectLargeTargets } from './steps/screens.ts'
import { expectAllSent, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NAME = 'Visitor Followup'

test('a visit is agreed, is due, and is recorded without a server; it can be taken back by keyboard; check 18', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(240_000)
  const program = openProgram(district)
  const page = await doctorAt(district, 'amina', browserOf)
  const today = await page.evaluate(() => new Date().toISOString().slice(0, 10))
  const number = await registerClient(page, { givenName: 'Visitor', familyName: 'Followup', age: 33, phone: '0711 660 001' })
  await enrol(page, [program])
  await expectAllSent(page)
  await readyOffline(page)
  await district.stop()
  const dialog = page.getByRole('dialog')
  const visitButton = page.getByRole('button', { name: t('visits.ofProgram', { program }) })
  const record = page.getByRole('button', { name: t('visits.recordOf', { name: NAME, program }) })

  await test.step('nothing said is no visit, a day that is over is none, a day of today is', async () => {
    await visitButton.click()
    await dialog.getByRole('button', { name: t('fields.save'), exact: true }).click()
    await expect(dialog.getByRole('link', { name: t('problems.date-needed') })).toBeVisible()
    await dialog.getByLabel(t('visits.nextVisitOn')).fill(addDays(today, -1))
    await dialog.getByRole('button', { name: t('fields.save'), exact: true }).click()
    await expect(dialog.getByRole('link', { name: t('problems.date-past') })).toBeVisible()
    await dialog.getByLabel(t('visits.nextVisitOn')).fill(today)
    await dialog.getByRole('button', { name: t('fields.save'), exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(enrollment(page, program)).toContainText('today')
  })
  await test.step('the first page says so, and the list has them with their phone', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: t('visits.show') }).click()
    const list = page.getByRole('list', { name: t('visits.today') })
    await expect(list.getByRole('link', { name: NAME })).toBeVisible()
    await expect(list.getByRole('link', { name: t('clients.call', { phone: '0711 660 001' }) })).toBeVisible()
    await expectLargeTargets(page, 'visits')
    await expectGoodScreen(page, 'visits')
  })
  await test.step('who came is not expected any more, and comes again in four weeks', async () => {
    await record.click()
    await dialog.getByRole('radio', { name: t('visits.outcomes.came') }).check()
    await expect(dialog.getByLabel(t('visits.nextVisitOn'))).toHaveValue('')
    await dialog.getByRole('button', { name: t('visits.inWeeks', { count: 4 }) }).click()
    await dialog.getByRole('button', { name: t('fields.save'), exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(record).toBeHidden()
  })
  await test.step('check 18: taken back by keyboard, recorded again', async () => {
    const undo = page.getByRole('button', { name: t('enrollments.undo') })
    await undo.focus()
    await page.keyboard.press('Enter')
    await expect(record).toBeVisible()
    await record.click()
    await dialog.getByRole('radio', { name: t('visits.outcomes.did-not-come') }).check()
    await dialog.getByRole('button', { name: t('fields.save'), exact: true }).click()
    await expect(page.getByRole('listitem').filter({ has: record })).toContainText(t('visits.outcomes.did-not-come'))
  })
  await test.step('it arrives on the server, and the history of the client tells of each', async () => {
    await district.start()
    await expectAllSent(page)
    const values = rows(district, `SELECT "nextVisitOn", "visitOutcome", "visitOn" FROM "Enrollment" WHERE "clientId" = ?`, number)
    expect(values).toEqual([{ nextVisitOn: today, visitOutcome: 'did-not-come', visitOn: today }])
    await openClient(page, number, NAME)
    await expect(enrollment(page, program)).toContainText(t('visits.outcomes.did-not-come'))
  })
})
