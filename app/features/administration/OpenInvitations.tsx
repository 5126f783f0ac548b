import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Table } from '#app/ui/Table.tsx'
import type { Role } from '#domain/access/access.ts'
import { useNames } from './useNames.ts'

export interface WaitingInvitation {
  id: string
  email: string | null
  roles: Role[]
  facilities: string[]
  invitedBy: string | null
  /** UTC ms */
  expiresAt: number
}

export interface OpenInvitationsProps {
  invitations: readonly WaitingInvitation[]
  facilities: readonly { id: string; name: string }[]
  timeZone: string
}

export function OpenInvitations({ invitations, facilities, timeZone }: OpenInvitationsProps) {
  const { t, i18n } = useTranslation()
  const names = useNames(facilities)
  if (invitations.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('administration.people.open')}</h2>
      <Table
        caption={t('administration.people.open')}
        rows={invitations}
        rowKey={({ id }) => id}
        columns={[
          { key: 'email', title: t('fields.email'), cell: ({ email }) => email },
          { key: 'roles', title: t('administration.people.roles'), cell: ({ roles }) => names.roles(roles) },
          {
            key: 'facilities',
            title: t('administration.people.facilities'),
            cell: (invitation) => names.facilities(invitation.facilities),
          },
          {
            key: 'invitedBy',
            title: t('administration.people.invitedBy'),
            cell: ({ invitedBy }) => invitedBy ?? t('administration.people.operator'),
          },
          {
            key: 'until',
            title: t('administration.people.validUntil'),
            cell: ({ expiresAt }) => formatInstant(expiresAt, i18n.language, timeZone),
          },
        ]}
      />
    </section>
  )
}
