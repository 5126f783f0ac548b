import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { labelLook } from '#app/ui/FieldFrame.tsx'
import type { Person } from './PeopleTable.tsx'
import { RolesForm } from './RolesForm.tsx'

export interface AccountFormProps {
  person: Person
  facilities: readonly { id: string; name: string }[]
}

/** Behind a `details`, which opens without a script. Where there is one facility, there is nothing to choose. */
export function AccountForm({ person: { id, name, roles, facilities: own, disabled, secondFactor }, facilities }: AccountFormProps) {
  const { t } = useTranslation()
  return (
    <details>
      <summary
        className="min-h-12 cursor-pointer py-3 font-semibold text-primary"
        aria-label={t('administration.people.changeOf', { name })}
      >
        {t('administration.people.change')}
      </summary>
      <div className="flex min-w-72 flex-col gap-6">
        <RolesForm id={id} roles={roles} />
        {facilities.length > 1 && (
          <Form method="post" className="flex flex-col gap-3" key={own.join()}>
            <input type="hidden" name="intent" value="facilities" />
            <input type="hidden" name="id" value={id} />
            <fieldset className="flex flex-col gap-1">
              <legend className={labelLook}>{t('administration.people.facilities')}</legend>
              {facilities.map((facility) => (
                <Checkbox key={facility.id} name="facilities" value={facility.id} defaultSelected={own.includes(facility.id)}>
                  {facility.name}
                </Checkbox>
              ))}
            </fieldset>
            <Button type="submit" kind="secondary" className="self-start">
              {t('administration.people.saveFacilities')}
            </Button>
          </Form>
        )}
        <Form method="post" className="flex flex-col gap-3">
          <input type="hidden" name="id" value={id} />
          {secondFactor && (
            <>
              <p>{t('administration.people.takeFactorHint')}</p>
              <Button type="submit" name="intent" value="take-factor" kind="secondary" className="self-start">
                {t('administration.people.takeFactor')}
              </Button>
            </>
          )}
          {!disabled && <p>{t('administration.people.disableHint')}</p>}
          <Button
            type="submit"
            name="intent"
            value={disabled ? 'enable' : 'disable'}
            kind={disabled ? 'secondary' : 'danger'}
            className="self-start"
          >
            {t(disabled ? 'administration.people.enable' : 'administration.people.disable')}
          </Button>
        </Form>
      </div>
    </details>
  )
}
