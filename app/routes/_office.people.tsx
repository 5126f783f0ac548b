import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { UserLock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { readAccountCommand } from '#app/features/administration/accountEntry.ts'
import { CodeReady } from '#app/features/administration/CodeReady.tsx'
import { InvitationReady } from '#app/features/administration/InvitationReady.tsx'
import { InviteForm } from '#app/features/administration/InviteForm.tsx'
import { invitationMistake, readInvitation } from '#app/features/administration/inviteEntry.ts'
import { OpenInvitations } from '#app/features/administration/OpenInvitations.tsx'
import { OpenResets } from '#app/features/administration/OpenResets.tsx'
import { PeopleTable } from '#app/features/administration/PeopleTable.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { may, rolesToGive } from '#domain/access/access.ts'

export async function loader(args: LoaderFunctionArgs) {
  const account = permitted(args, 'people.manage', 'people.invite-doctor')
  const { services, config } = args.context
  const manages = may(account.roles, 'people.manage')
  const facilities = await services.records.facilities()
  const { doctorsMayInvite } = await services.accounts.settings()
  return {
    manages,
    mayInvite: manages || doctorsMayInvite,
    resets: manages ? await services.accounts.openResets() : [],
    people: manages ? await services.accounts.list() : [],
    invitations: manages ? await services.accounts.openInvitations() : [],
    facilities,
    offered: facilities.filter(({ id }) => manages || account.facilities.includes(id)),
    own: account.facilities,
    roles: rolesToGive(account.roles),
    timeZone: config.timeZone,
    resetAddress: `${config.origin}/reset`,
    onlyHere: config.linksOnlyHere ? config.origin : null,
  }
}

export async function action(args: ActionFunctionArgs) {
  const account = permitted(args, 'people.manage', 'people.invite-doctor')
  const form = await args.request.formData()
  if (form.has('intent')) return changeAccount(args, form)
  const { wish, mistakes, typed } = readInvitation(form)
  if (wish === null) return data({ mistakes, typed }, { status: 400 })
  try {
    const { link, expiresAt, mailed } = await args.context.services.accounts.invite(account, wish, requestMeta(args, '/people'))
    return { made: { email: wish.email, link, expiresAt, mailed } }
  } catch (error) {
    return data({ mistakes: invitationMistake(refused(error).code), typed }, { status: 400 })
  }
}

async function changeAccount(args: ActionFunctionArgs, form: FormData) {
  const admin = permitted(args, 'people.manage')
  const { accounts } = args.context.services
  const command = readAccountCommand(form)
  if (command === null) return data({ refused: true }, { status: 400 })
  const { intent, id, roles, facilities } = command
  const by = { accountId: admin.id, ...requestMeta(args, '/people') }
  try {
    if (intent === 'reset-code') return { code: { ...(await accounts.handOver(id, by)), factorGone: false } }
    if (intent === 'take-factor') return await takeFactor(accounts, id, by)
    if (intent === 'facilities') await accounts.setFacilities(id, facilities, by)
    else if (intent === 'roles') await accounts.setRoles(id, roles, by)
    else await accounts[intent](id, by)
    return { changed: id }
  } catch (error) {
    refused(error)
    if (intent === 'reset-code') return data({ gone: true }, { status: 409 })
    return data({ refused: true }, { status: 409 })
  }
}

type Accounts = ActionFunctionArgs['context']['services']['accounts']

async function takeFactor(accounts: Accounts, id: string, by: Parameters<Accounts['takeSecondFactor']>[1]) {
  const code = await accounts.takeSecondFactor(id, by)
  if (code === null) return { changed: id }
  const email = (await accounts.list()).find((account) => account.id === id)?.email ?? ''
  return { code: { ...code, email, factorGone: true } }
}

export default function People() {
  const { t } = useTranslation()
  const { manages, mayInvite, people, invitations, facilities, offered, own, roles, ...page } = useLoaderData<typeof loader>()
  const { resets, timeZone, resetAddress, onlyHere } = page
  const answer = useActionData<typeof action>()
  const typed = answer !== undefined && 'typed' in answer ? answer.typed : { email: '', roles: ['doctor'], facilities: own }
  const code = answer !== undefined && 'code' in answer ? answer.code : undefined
  const changed = answer !== undefined && 'changed' in answer ? people.find(({ id }) => id === answer.changed) : undefined
  return (
    <>
      <PageHeader
        title={t('administration.people.title')}
        actions={
          manages && (
            <LinkButton to="/facilities" kind="secondary">
              {t('administration.facilities.title')}
            </LinkButton>
          )
        }
      >
        {t(manages ? 'administration.people.leadAdmin' : 'administration.people.leadDoctor')}
      </PageHeader>
      <div role="status">
        {changed !== undefined && <Banner tone="good" title={t('administration.people.saved', { name: changed.name })} />}
      </div>
      {answer !== undefined && 'refused' in answer && <Banner tone="danger" title={t('administration.people.refused')} />}
      {answer !== undefined && 'gone' in answer && <Banner tone="warn" title={t('administration.resets.gone')} />}
      {code !== undefined && <CodeReady made={code} timeZone={timeZone} address={resetAddress} />}
      <OpenResets resets={resets} timeZone={timeZone} />
      {!mayInvite ? (
        <EmptyState title={t('administration.people.notAllowed')} Icon={UserLock}>
          {t('administration.people.notAllowedHint')}
        </EmptyState>
      ) : answer !== undefined && 'made' in answer ? (
        <InvitationReady made={answer.made} timeZone={timeZone} onlyHere={onlyHere} />
      ) : (
        <InviteForm
          roles={roles}
          facilities={offered}
          mistakes={answer !== undefined && 'mistakes' in answer ? answer.mistakes : undefined}
          typed={typed}
        />
      )}
      {manages && <PeopleTable people={people} facilities={facilities} timeZone={timeZone} />}
      <OpenInvitations invitations={invitations} facilities={facilities} timeZone={timeZone} />
    </>
  )
}
