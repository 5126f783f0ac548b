import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { labelLook } from '#app/ui/FieldFrame.tsx'
import { ROLES, type Role } from '#domain/access/access.ts'

export function RolesForm({ id, roles }: { id: string; roles: readonly Role[] }) {
  const { t } = useTranslation()
  return (
    <Form method="post" className="flex flex-col gap-3" key={roles.join()}>
      <input type="hidden" name="intent" value="roles" />
      <input type="hidden" name="id" value={id} />
      <fieldset className="flex flex-col gap-1">
        <legend className={labelLook}>{t('administration.people.roles')}</legend>
        {ROLES.map((role) => (
          <Checkbox key={role} name="roles" value={role} defaultSelected={roles.includes(role)}>
            {t(`accounts.role.${role}`)}
          </Checkbox>
        ))}
      </fieldset>
      <Button type="submit" kind="secondary" className="self-start">
        {t('administration.people.saveRoles')}
      </Button>
    </Form>
  )
}
