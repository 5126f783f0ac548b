import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAccountCommand } from '#app/features/administration/accountEntry.ts'
import { InvitationReady } from '#app/features/administration/InvitationReady.tsx'
import { InviteForm } from '#app/features/administration/InviteForm.tsx'
import { invitationMistake, readInvitation } from '#app/features/administration/inviteEntry.ts'
import { OpenInvitations } from '#app/features/administration/OpenInvitations.tsx'
import { PeopleTable } from '#app/features/administration/PeopleTable.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { may, rolesToGive } from '#domain/access/access.ts'

export async function loader(args: LoaderFunctionArgs) {
  const account = permitted(args, 'people.manage', 'people.invite-doctor')
  const { services, config } = args.context
  const manages = may(account.roles, 'people.manage')
  const facilities = await services.records.facilities()
  return {
    manages,
    people: manages ? await services.accounts.list() : [],
    invitations: manages ? await services.accounts.openInvitations() : [],
    facilities,
    offered: facilities.filter(({ id }) => manages || account.facilities.includes(id)),
    own: account.facilities,
    roles: rolesToGive(account.roles),
    timeZone: config.timeZone,
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
    const { link, expiresAt } = await args.context.services.accounts.invite(account, wish, requestMeta(args, '/people'))
    return { made: { email: wish.email, link, expiresAt } }
  } catch (error) {
    return data({ mistakes: invitationMistake(refused(error).code), typed }, { status: 400 })
  }
}

async function changeAccount(args: ActionFunctionArgs, form: FormData) {
  const admin = permitted(args, 'people.manage')
  const { accounts, records } = args.context.services
  const command = readAccountCommand(form)
  if (command === null) return data({ refused: true }, { status: 400 })
  const { intent, id, facilities } = command
  const by = { accountId: admin.id, ...requestMeta(args, '/people') }
  try {
    if (intent === 'facilities') await accounts.setFacilities(id, facilities, by)
    else await accounts[intent](id, by)
  } catch (error) {
    refused(error)
    return data({ refused: true }, { status: 409 })
  }
  records.rightsChanged(id)
  return { changed: id }
}

export default function People() {
  const { t } = useTranslation()
  const { manages, people, invitations, facilities, offered, own, roles, timeZone, onlyHere } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const typed = answer !== undefined && 'typed' in answer ? answer.typed : { email: '', roles: ['doctor'], facilities: own }
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
      {answer !== undefined && 'made' in answer ? (
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
