import type { Page } from '@playwright/test'
import { clientHeading, enrol, registerClient, rowOf, search } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { openProgram } from './steps/programs.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const region = (page: Page) => page.getByRole('region', { name: t('home.filters.title') })
const toggle = (page: Page) => region(page).getByRole('button').first()
const choose = (page: Page, label: string, value: string) => region(page).getByLabel(label, { exact: true }).selectOption({ label: value })
const clear = (page: Page) => page.getByRole('button', { name: t('home.filters.clear') })

test('offline, the search is narrowed down by age and program; the way back from a client leads to the same list', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const page = await doctorAt(district, 'amina', browserOf)
  const program = openProgram(district)
  await registerClient(page, { givenName: 'Filteryoung', familyName: 'Sievename', age: 10 })
  await registerClient(page, { givenName: 'Filterold', familyName: 'Sievename', age: 70 })
  await enrol(page, [program])
  await readyOffline(page)
  await district.stop()

  await page.goto('/')
  await search(page, 'sievename')
  await expect(rowOf(page, 'Filteryoung Sievename')).toBeVisible()
  await expect(rowOf(page, 'Filterold Sievename')).toBeVisible()
  await toggle(page).click()
  await choose(page, t('home.filters.age'), t('home.filters.ages.5-14'))
  await expect(rowOf(page, 'Filterold Sievename')).toBeHidden()
  await expect(rowOf(page, 'Filteryoung Sievename')).toBeVisible()
  await expectGoodScreen(page, 'search filters')

  await choose(page, t('home.filters.program'), program)
  await expect(page.getByText(t('home.nothing', { typed: 'sievename' }))).toBeVisible()
  await expect(page.getByText(t('home.filters.nobodyHint'))).toBeVisible()
  await clear(page).last().click()
  await expect(rowOf(page, 'Filterold Sievename')).toBeVisible()

  await choose(page, t('home.filters.program'), program)
  await choose(page, t('home.filters.age'), t('home.filters.ages.from-50'))
  await expect(rowOf(page, 'Filteryoung Sievename')).toBeHidden()
  await rowOf(page, 'Filterold Sievename').click()
  await expect(clientHeading(page, 'Filterold Sievename')).toBeVisible()
  await page.goBack()
  await expect(toggle(page)).toHaveText(t('home.filters.set', { count: 2 }))
  await expect(region(page).getByText(t('home.filters.ages.from-50')).first()).toBeAttached()
  await expect(rowOf(page, 'Filterold Sievename')).toBeVisible()
  await district.start()
})

test('from a program its people are searched among themselves', async ({ district, browserOf }) => {
  test.setTimeout(120_000)
  const page = await doctorAt(district, 'amina', browserOf)
  const program = openProgram(district)
  await registerClient(page, { givenName: 'Filtermember', familyName: 'Groupname', age: 30 })
  await enrol(page, [program])
  await registerClient(page, { givenName: 'Filterother', familyName: 'Groupname', age: 30 })
  await page.goto('/programs')
  await page.getByRole('link', { name: program }).first().click()
  await page.getByRole('link', { name: t('programs.searchAmong') }).click()
  await search(page, 'groupname')
  await expect(rowOf(page, 'Filtermember Groupname')).toBeVisible()
  await expect(rowOf(page, 'Filterother Groupname')).toBeHidden()
})
