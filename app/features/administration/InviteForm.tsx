import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { EmailField } from '#app/ui/EmailField.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import type { Role } from '#domain/access/access.ts'
import { CheckboxList } from './CheckboxList.tsx'
import type { TypedInvitation } from './inviteEntry.ts'

export interface InviteFormProps {
  /** What this inviter may give. */
  roles: readonly Role[]
  facilities: readonly { id: string; name: string }[]
  mistakes: Mistakes | undefined
  typed: TypedInvitation
}

/** With one role or one facility to give there is nothing to choose, and nothing is asked. */
export function InviteForm({ roles, facilities, mistakes, typed }: InviteFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().state !== 'idle'
  const roleChoices = roles.map((role) => ({ value: role, label: t(`accounts.role.${role}`), hint: t(`accounts.roleHint.${role}`) }))
  const facilityChoices = facilities.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Card className="flex max-w-2xl flex-col gap-5">
      <h2 className="text-xl font-bold">{t('administration.invite.title')}</h2>
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="flex flex-col gap-5">
        <EmailField autoComplete="off" hint={t('administration.invite.emailHint')} defaultValue={typed.email} error={of('email')} />
        {roles.length > 1 ? (
          <CheckboxList
            name="roles"
            label={t('administration.people.roles')}
            choices={roleChoices}
            selected={typed.roles}
            error={of('roles')}
          />
        ) : (
          <input type="hidden" name="roles" value={roles[0]} />
        )}
        {facilities.length > 1 && (
          <CheckboxList
            name="facilities"
            label={t('administration.people.facilities')}
            choices={facilityChoices}
            selected={typed.facilities}
            error={of('facilities')}
          />
        )}
        <Button type="submit" isPending={busy} className="self-start">
          {t('administration.invite.submit')}
        </Button>
      </Form>
    </Card>
  )
}
