import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { ApplicationFields, type Choosable } from './ApplicationFields.tsx'
import type { Typed } from './applicationForm.ts'

export interface ApplicationSettingsFormProps extends Choosable {
  typed: Typed
  mistakes: Mistakes | undefined
}

export function ApplicationSettingsForm({ typed, mistakes, programs, facilities }: ApplicationSettingsFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().formData?.get('intent') === 'change'
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('applications.settings')}</h2>
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="flex flex-col gap-5">
        <ApplicationFields typed={typed} programs={programs} facilities={facilities} of={of} />
        <Button type="submit" name="intent" value="change" isPending={busy} className="self-start">
          {t('applications.save')}
        </Button>
      </Form>
    </Card>
  )
}
