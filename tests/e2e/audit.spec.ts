import { readFileSync } from 'node:fs'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { count, rows } from './database.ts'
import { ACHIENG, acceptInvitation, CHIEF, invite, setUp, signIn, signOut, tryToSignIn } from './steps/accounts.ts'
import { createApplication, partnerToken } from './steps/applications.ts'
import { auditLines } from './steps/audit.ts'
import { openClient } from './steps/clients.ts'
import { doctor, doctorAt } from './steps/doctors.ts'
import { officeOf } from './steps/office.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('the audit page tells of set-up, invitation, sign-ins that went well and ill, sign-out, an application and its token', async ({
  browserOf,
  watch,
  fresh,
}) => {
  watch(fresh).expectError(/status of 401/)
  const page = await (await browserOf(fresh)).newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(page.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
  const link = await invite(page, ACHIENG.email)
  const other = await (await browserOf(fresh)).newPage()
  await acceptInvitation(other, link, ACHIENG)
  await expect(other.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
  await signOut(other)
  await tryToSignIn(other, { ...ACHIENG, password: 'a wrong one, typed in haste' })
  await expect(other.getByRole('alert')).toContainText(t('problems.wrong-credentials'))
  await signIn(other, ACHIENG)
  const credentials = await createApplication(page, 'National register')
  await partnerToken(fresh, credentials)

  const done = t('administration.audit.outcomes.success')
  const refused = t('administration.audit.outcomes.failure')
  await expect(await auditLines(page, 'account.setup-link')).toHaveCount(1)
  const created = await auditLines(page, 'account.created')
  await expect(created).toHaveCount(2)
  await expect(created.filter({ hasText: CHIEF.name })).not.toHaveCount(0)
  await expect(await auditLines(page, 'account.invited')).toContainText([CHIEF.name])
  const signIns = await auditLines(page, 'account.sign-in')
  await expect(signIns.filter({ hasText: refused })).toHaveCount(1)
  await expect(signIns.filter({ hasText: done }).filter({ hasText: ACHIENG.name })).not.toHaveCount(0)
  await expect(await auditLines(page, 'account.sign-out')).toContainText([ACHIENG.name])
  const made = await auditLines(page, 'application.created')
  await expect(made).toContainText([CHIEF.name])
  const token = await auditLines(page, 'partner.token')
  await expect(token).toContainText(['National register'])
  await expect(token.first()).toContainText(/127\.0\.0\.1|::1/)
  await expect(token.first()).toContainText(done)
})

test('a client that was opened on a tablet without a server is in the audit log when it is back: for doctors on the client page, for administrators by filter and as a file', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const [client] = rows<{ id: string; name: string }>(
    district,
    `SELECT id, trim(coalesce("givenName", '') || ' ' || coalesce("middleName" || ' ', '') || coalesce("familyName", '')) AS name
     FROM "Client" WHERE "facilityId" = 'demo-riverside' AND deleted = 0 AND "mergedInto" IS NULL ORDER BY id LIMIT 1`,
  )
  if (client === undefined) throw new Error('the demo has nobody at Riverside')
  const views = () => count(district, `"AuditEvent" WHERE action = 'client.viewed' AND subject = ?`, client.id)
  const amina = await doctorAt(district, 'amina', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)

  await test.step('opened twice without a server, which is one look', async () => {
    await district.stop()
    await openClient(amina, client.id, client.name)
    await amina.getByRole('button', { name: t('history.seen.show') }).click()
    await expect(amina.getByText(t('history.seen.offline'))).toBeVisible()
    await openClient(amina, client.id, client.name)
    await district.start()
    await expect.poll(views, { timeout: 30_000 }).toBe(1)
  })

  await test.step('a colleague of the facility sees who it was', async () => {
    await openClient(joseph, client.id, client.name)
    await joseph.getByRole('button', { name: t('history.seen.show') }).click()
    const list = joseph.getByRole('list', { name: t('history.seen.title') })
    const line = list
      .getByRole('listitem')
      .filter({ hasText: doctor(district, 'amina').name })
      .filter({ hasText: t('history.seen.what.client.viewed') })
    await expect(line).toHaveCount(1, { timeout: 30_000 })
    await expect(line).toContainText(/device [0-9a-f]{8}/)
    await expect.poll(views, { timeout: 30_000 }).toBe(2)
  })

  const office = await officeOf(district, browserOf)
  await test.step('an administrator finds it by the number as it is read aloud', async () => {
    await office.goto('/audit')
    await office.getByLabel(t('administration.audit.client')).fill(spokenClientNumber(client.id).toLowerCase())
    await office.getByRole('button', { name: t('administration.audit.apply') }).click()
    await office.waitForURL(/[?&]client=/)
    const line = office
      .getByRole('table', { name: t('administration.audit.table') })
      .getByRole('row')
      .filter({ hasText: t('administration.audit.actions.client.viewed') })
      .filter({ hasText: doctor(district, 'amina').name })
    await expect(line).toHaveCount(1)
    await expect(line).toContainText(client.id)
  })

  await test.step('and takes it along as a file, which nobody else can', async () => {
    expect((await joseph.request.get(`${district.origin}/audit/export`)).status()).toBe(403)
    const downloading = office.waitForEvent('download')
    await office.getByRole('link', { name: t('administration.audit.exportCsv') }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('hims-audit.csv')
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
    expect(lines.filter((text) => text.includes('client.viewed') && text.includes(client.id))).toHaveLength(2)
    expect(lines.filter((text) => text !== '' && !text.startsWith('\uFEFF')).every((text) => text.includes(client.id))).toBe(true)
    const [written] = rows<{ route: string }>(district, `SELECT route FROM "AuditEvent" WHERE action = 'audit.exported' ORDER BY seq DESC`)
    expect(written?.route).toBe('/audit/export csv client')
  })

  await test.step('the whole log is verified while others work', async () => {
    await office.getByRole('button', { name: t('administration.audit.verify.submit') }).click()
    await expect(office.getByText(/^The audit log is whole: \d+ events$/)).toBeVisible()
    await expect(office.getByText(/^hims-audit-1\.\d+\./)).toBeVisible()
  })
})
