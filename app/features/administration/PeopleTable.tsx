import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { Table } from '#app/ui/Table.tsx'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { AccountForm } from './AccountForm.tsx'
import { useNames } from './useNames.ts'

export interface Person extends SignedInAccount {
  lastUsedAt: number | null
  disabled: boolean
  secondFactor: boolean
}

export interface PeopleTableProps {
  people: readonly Person[]
  facilities: readonly { id: string; name: string }[]
  timeZone: string
}

export function PeopleTable({ people, facilities, timeZone }: PeopleTableProps) {
  const { t, i18n } = useTranslation()
  const names = useNames(facilities)
  const lastUsed = ({ lastUsedAt }: Person) =>
    lastUsedAt === null ? t('administration.people.never') : formatInstant(lastUsedAt, i18n.language, timeZone)
  return (
    <Table
      caption={t('administration.people.table')}
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('fields.name'), cell: ({ name }) => name },
        { key: 'email', title: t('fields.email'), cell: ({ email }) => email },
        { key: 'roles', title: t('administration.people.roles'), cell: ({ roles }) => names.roles(roles) },
        { key: 'facilities', title: t('administration.people.facilities'), cell: (person) => names.facilities(person.facilities) },
        { key: 'lastUsed', title: t('administration.people.lastUsed'), cell: lastUsed },
        {
          key: 'state',
          title: t('administration.people.state'),
          cell: (person) => (
            <div className="flex flex-col gap-2">
              <StatusMark tone={person.disabled ? 'calm' : 'good'}>
                {t(person.disabled ? 'administration.people.disabled' : 'administration.people.active')}
              </StatusMark>
              {person.secondFactor && <StatusMark tone="good">{t('administration.people.secondFactor')}</StatusMark>}
              <AccountForm person={person} facilities={facilities} />
            </div>
          ),
        },
      ]}
    />
  )
}
