import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { InvitationReady } from '#app/features/administration/InvitationReady.tsx'
import { InviteForm } from '#app/features/administration/InviteForm.tsx'
import { invitationMistake, readInvitation } from '#app/features/administration/inviteEntry.ts'
import { OpenInvitations } from '#app/features/administration/OpenInvitations.tsx'
import { PeopleTable } from '#app/features/administration/PeopleTable.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
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
  const { wish, mistakes, typed } = readInvitation(await args.request.formData())
  if (wish === null) return data({ mistakes, typed }, { status: 400 })
  try {
    const { link, expiresAt } = await args.context.services.accounts.invite(account, wish, requestMeta(args, '/people'))
    return { made: { email: wish.email, link, expiresAt } }
  } catch (error) {
    return data({ mistakes: invitationMistake(refused(error).code), typed }, { status: 400 })
  }
}

export default function People() {
  const { t } = useTranslation()
  const { manages, people, invitations, facilities, offered, own, roles, timeZone, onlyHere } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const typed = answer !== undefined && 'typed' in answer ? answer.typed : { email: '', roles: ['doctor'], facilities: own }
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
      {answer !== undefined && 'made' in answer ? (
        <InvitationReady made={answer.made} timeZone={timeZone} onlyHere={onlyHere} />
      ) : (
        <InviteForm roles={roles} facilities={offered} mistakes={answer?.mistakes} typed={typed} />
      )}
      {manages && <PeopleTable people={people} facilities={facilities} timeZone={timeZone} />}
      <OpenInvitations invitations={invitations} facilities={facilities} timeZone={timeZone} />
    </>
  )
}
