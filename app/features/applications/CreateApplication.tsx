import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { ApplicationFields, type Choosable } from './ApplicationFields.tsx'
import { NOTHING_TYPED, type Typed } from './applicationForm.ts'

export interface CreateApplicationProps extends Choosable {
  mistakes: Mistakes | undefined
  typed: Typed | undefined
  /** How many applications there are: with one more, the form is empty again. */
  made: number
}

export function CreateApplication({ programs, facilities, mistakes, typed = NOTHING_TYPED, made }: CreateApplicationProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().formData?.get('intent') === 'create'
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('applications.form.title')}</h2>
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="flex flex-col gap-5">
        <div key={made} className="flex flex-col gap-5">
          <ApplicationFields typed={typed} programs={programs} facilities={facilities} of={of} />
        </div>
        <Button type="submit" name="intent" value="create" isPending={busy} className="self-start">
          {t('applications.form.submit')}
        </Button>
      </Form>
    </Card>
  )
}
