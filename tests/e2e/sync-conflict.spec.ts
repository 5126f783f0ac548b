import type { Locator, Page } from '@playwright/test'
import { rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { changePhone, correct, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { doctor, doctorAt } from './steps/doctors.ts'
import { bannerOn, openReview, questionWith, unfold } from './steps/review.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expectAllSent, expectToSend } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('M3, M4, P17: two doctors without a server: different fields merge in silence, the same field asks on both tablets, and one answer closes it on both', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(240_000)
  const amina = await doctorAt(district, 'amina', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)
  const apart = await bothOpen('Furaha', 'Apart', '0711 000 001')

  await test.step('different fields', async () => {
    await district.stop()
    await correct(amina, { phone: '0711 000 002' })
    await correct(joseph, { address: 'Behind the mill' })
    await expectToSend(amina, 1)
    await district.start()
    for (const page of [amina, joseph]) {
      await expectPhone(page, '0711 000 002')
      await expect(page.getByText('Behind the mill')).toBeVisible()
      await expectAllSent(page)
      await expect(conflictOn(page)).toHaveCount(0)
    }
    expect(rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', apart)).toEqual([
      { phone: '0711 000 002', address: 'Behind the mill' },
    ])
  })

  const name = 'Zuhura Twice'
  const number = await bothOpen('Zuhura', 'Twice', '0722 000 001')
  const [hers, his] = ['0722 000 002', '0722 000 003']

  await test.step('the same field: both values, who and when, on the record of both', async () => {
    await district.stop()
    await changePhone(amina, hers)
    await changePhone(joseph, his)
    await district.start()
    for (const page of [amina, joseph]) {
      await expect(conflictOn(page)).toBeVisible()
      await expectBothValues(conflictOn(page))
      await expectPhone(page, phoneOf(district, number))
    }
    await expectGoodScreen(joseph, 'client with two values')
    await expect(conflictOn(amina)).toContainText(new RegExp(`${t('fields.you')}, \\d`))
    await expect(conflictOn(amina)).toContainText(new RegExp(`${doctor(district, 'joseph').name}, \\d`))
    await expect(conflictOn(joseph)).toContainText(new RegExp(`${doctor(district, 'amina').name}, \\d`))
  })

  await test.step('and in the review list; the answer of one arrives on the other, and both lists lose it', async () => {
    const stood = phoneOf(district, number)
    await openReview(amina)
    await openReview(joseph)
    await expect(questionWith(amina, name)).toContainText(t('fields.phone'))
    await unfold(questionWith(amina, name))
    await expectBothValues(questionWith(amina, name))
    await expectGoodScreen(amina, 'review with two values')
    await questionWith(amina, name)
      .getByRole('button', { name: t('review.useOtherOf', { field: t('fields.phone') }) })
      .click()
    for (const page of [amina, joseph]) await expect(questionWith(page, name)).toHaveCount(0)
    await openClient(joseph, number, name)
    await expectPhone(joseph, stood === hers ? his : hers)
    await expectAllSent(amina)
    expect(phoneOf(district, number)).toBe(stood === hers ? his : hers)
    expect(openIssues(district, number)).toBe(0)
  })

  await test.step('a question answered without a server is answered there later', async () => {
    await openClient(amina, number, name)
    await district.stop()
    await changePhone(amina, '0733 000 001')
    await changePhone(joseph, '0733 000 002')
    await district.start()
    await expect(conflictOn(amina)).toBeVisible()
    await expect(conflictOn(joseph)).toBeVisible()
    await expectAllSent(joseph)
    const other = phoneOf(district, number) === '0733 000 001' ? '0733 000 002' : '0733 000 001'
    await district.stop()
    await joseph.getByRole('button', { name: t('review.useOtherOf', { field: t('fields.phone') }) }).click()
    await expect(conflictOn(joseph)).toHaveCount(0)
    await expectPhone(joseph, other)
    expect(openIssues(district, number)).toBe(1)
    await district.start()
    await expect(conflictOn(amina)).toHaveCount(0)
    await expectPhone(amina, other)
    await expectAllSent(joseph)
    expect(openIssues(district, number)).toBe(0)
    expect(phoneOf(district, number)).toBe(other)
  })

  /** Amina registers somebody; both have the page open. */
  async function bothOpen(givenName: string, familyName: string, phone: string): Promise<string> {
    const made = await registerClient(amina, { givenName, familyName, age: 40, phone })
    await expectAllSent(amina)
    await openClient(joseph, made, `${givenName} ${familyName}`)
    return made
  }

  async function expectBothValues(question: Locator): Promise<void> {
    await expect(question).toContainText(hers)
    await expect(question).toContainText(his)
    await expect(question).toContainText(t('review.stands'))
    await expect(question).toContainText(t('review.other'))
  }
})

function conflictOn(page: Page): Locator {
  return bannerOn(page, t('review.conflict'))
}

function phoneOf(server: HimsServer, number: string): string {
  return rows<{ phone: string }>(server, 'SELECT phone FROM "Client" WHERE id = ?', number)[0]?.phone ?? ''
}

function openIssues(server: HimsServer, recordId: string): number {
  return rows(server, `SELECT id FROM "Issue" WHERE "recordId" = ? AND state = 'open' AND deleted = 0`, recordId).length
}
