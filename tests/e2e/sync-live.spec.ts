import type { Locator, Page } from '@playwright/test'
import { rows } from './database.ts'
import { correct, enrol, enrollment, expectPhone, openClient, openForm, registerClient, save, type } from './steps/clients.ts'
import { beginWork, doctor, doctorAt } from './steps/doctors.ts'
import { expectAllSent } from './steps/sync.ts'
import { TabletBrowser } from './steps/tablet.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('L1: who has a client open is shown to others, with the field being typed in, and is gone within 10 s after a lost connection', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(180_000)
  const joseph = doctor(district, 'joseph').name
  const amina = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(amina, { givenName: 'Dalili', familyName: 'Open', age: 19, phone: '0714 000 000' })
  await expectAllSent(amina)
  const other = new TabletBrowser(district, watch(district), test.info())
  try {
    const page = (await other.open()).pages()[0]
    if (page === undefined) throw new Error('a browser without a page')
    await beginWork(district, 'joseph', page)
    await openClient(page, number, 'Dalili Open')
    await expect(amina.getByText(t('live.open', { count: 1, names: joseph }))).toBeVisible()
    await expect(page.getByText(t('live.open', { count: 1, names: doctor(district, 'amina').name }))).toBeVisible()

    await openForm(amina)
    await openForm(page)
    await page.getByLabel(t('fields.phone'), { exact: true }).focus()
    await expect(amina.getByText(t('live.editing', { name: joseph, field: t('fields.phone') }))).toBeVisible()
    const field = amina.getByLabel(t('fields.phone'), { exact: true })
    await expect(field.locator('xpath=ancestor::div[contains(@class, "relative")][1]')).toContainText(
      t('live.editingThis', { name: joseph }),
    )

    await other.kill()
    await expect(amina.getByText(joseph)).toHaveCount(0, { timeout: 10_000 })
  } finally {
    await other.remove()
  }
})

test('L1, M7: in an open form a field nobody typed in follows the other doctor, and one that was typed in keeps what was typed, with the other value beside it', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const amina = await doctorAt(district, 'amina', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)
  const number = await registerClient(amina, { givenName: 'Mwangaza', familyName: 'Form', age: 55, phone: '0714 100 000' })
  await expectAllSent(amina)
  await openClient(joseph, number, 'Mwangaza Form')
  await openForm(amina)
  await type(amina, { phone: '0714 100 111' })
  await correct(joseph, { phone: '0714 100 222', address: 'Three stones' })

  await expect(amina.getByLabel(t('fields.address'), { exact: true })).toHaveValue('Three stones')
  await expect(amina.getByLabel(t('fields.phone'), { exact: true })).toHaveValue('0714 100 111')
  await expect(amina.getByText(t('live.yoursStays'))).toBeVisible()
  await expect(amina.getByText('0714 100 222', { exact: true })).toBeVisible()

  await test.step('taken, the other value is in the form; kept, one’s own replaces it without a question', async () => {
    await amina.getByRole('button', { name: t('live.takeItOf', { field: t('fields.phone') }) }).click()
    await expect(amina.getByLabel(t('fields.phone'), { exact: true })).toHaveValue('0714 100 222')
    await type(amina, { phone: '0714 100 333' })
    await save(amina)
    await expectPhone(joseph, '0714 100 333')
    await expect(joseph.getByText('Three stones')).toBeVisible()
    await expect(joseph.getByText(t('review.conflict'))).toHaveCount(0)
  })
})

test('L5, M5: the form that ends an enrollment follows the other doctor, and a save that saw it makes no question', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const [program] = rows<{ name: string }>(district, 'SELECT name FROM "Program" WHERE active = 1 AND deleted = 0 ORDER BY id LIMIT 1')
  if (program === undefined) throw new Error('the demo has no program')
  const amina = await doctorAt(district, 'amina', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)
  const number = await registerClient(amina, { givenName: 'Safari', familyName: 'Ended', age: 40 })
  await enrol(amina, [program.name])
  await expectAllSent(amina)
  await openClient(joseph, number, 'Safari Ended')

  const dialogs = { amina: await openEnd(amina), joseph: await openEnd(joseph) }
  await dialogs.amina.getByRole('textbox', { name: t('enrollments.reason') }).fill('Moved to the coast')
  await expect(joseph.getByRole('dialog').getByText(t('live.editingThis', { name: doctor(district, 'amina').name }))).toHaveCount(1)
  await dialogs.joseph.getByRole('radio', { name: t('enrollments.status.completed') }).check()
  await dialogs.joseph.getByRole('textbox', { name: t('enrollments.reason') }).fill('Took all of it')
  await dialogs.joseph.getByRole('button', { name: t('fields.save') }).click()

  await expect(dialogs.amina.getByRole('radio', { name: t('enrollments.status.completed') })).toBeChecked()
  await expect(dialogs.amina.getByRole('textbox', { name: t('enrollments.reason') })).toHaveValue('Moved to the coast')
  await expect(dialogs.amina.getByText('Took all of it', { exact: true })).toBeVisible()
  await dialogs.amina.getByRole('button', { name: t('fields.save') }).click()
  await expect(enrollment(joseph, program.name)).toContainText('Moved to the coast')
  await expect(enrollment(joseph, program.name)).toContainText(t('enrollments.status.completed'))
  await expectAllSent(amina)
  expect(rows(district, 'SELECT id FROM "Issue" WHERE "recordId" LIKE ?', `${number}%`)).toEqual([])

  async function openEnd(page: Page): Promise<Locator> {
    await page.getByRole('button', { name: t('enrollments.endOf', { program: program?.name }) }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    return page.getByRole('dialog')
  }
})

test('L2: the history of a client: each value with who, when and where from, all of it online, and what the tablet knows without a server', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const amina = await doctorAt(district, 'amina', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)
  const number = await registerClient(amina, { givenName: 'Habari', familyName: 'Past', age: 47, phone: '0714 200 000' })
  await expectAllSent(amina)
  await openClient(joseph, number, 'Habari Past')
  await correct(joseph, { phone: '0714 200 001' })
  await expectPhone(amina, '0714 200 001')

  const list = amina.getByRole('list', { name: t('history.list') }).getByRole('listitem')
  await amina.getByRole('button', { name: t('history.show') }).click()
  await expect(list).toHaveCount(2)
  await expect(list.first()).toContainText(/0714 200 000.*0714 200 001/)
  await expect(list.first()).toContainText(doctor(district, 'joseph').name)
  await expect(list.first()).toContainText(/device [0-9a-f]{8}/)
  await expect(list.last()).toContainText(t('history.what.clients.create'))
  await expect(list.last()).toContainText(t('fields.you'))
  await expect(list.last()).toContainText(t('history.thisDevice'))

  await test.step('a change of the other appears in it by itself', async () => {
    await correct(joseph, { address: 'Iron bridge' })
    await expect(list).toHaveCount(3)
    await expect(list.first()).toContainText('Iron bridge')
  })

  await test.step('without a server: what this tablet wrote, and that there is more', async () => {
    await district.stop()
    await openClient(amina, number, 'Habari Past')
    await correct(amina, { phone: '0714 200 002' })
    await amina.getByRole('button', { name: t('history.show') }).click()
    await expect(amina.getByText(t('history.onlyHere'))).toBeVisible()
    const mine = list.filter({ hasText: '0714 200 002' })
    await expect(mine).toContainText(t('history.state.unsent'))
    await expect(mine).toContainText(t('fields.you'))
    await district.start()
    await expect(list).toHaveCount(4)
    await expect(mine).not.toContainText(t('history.state.unsent'))
    await expect(amina.getByText(t('history.onlyHere'))).toHaveCount(0)
  })
})
