import { ACHIENG, acceptInvitation, CHIEF, invite, setUp, signIn, signOut, tryToSignIn } from './steps/accounts.ts'
import { createApplication, partnerToken } from './steps/applications.ts'
import { auditLines } from './steps/audit.ts'
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
