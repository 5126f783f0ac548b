import { Form, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { noteTyped } from '#app/session/typedPassword.ts'
import { Button } from '#app/ui/Button.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { Typed } from './entryForm.ts'
import { PasswordField } from './PasswordField.tsx'

export interface EntryFormProps {
  title: string
  lead: string
  submit: string
  mistakes: Mistakes | undefined
  typed: Typed | undefined
  /** The e-mail of an invitation, shown and not asked. */
  fixedEmail: string | null
  /** Between the password and the button. */
  children?: ReactNode
}

export function EntryForm({ title, lead, submit, mistakes, typed, fixedEmail, children }: EntryFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().state !== 'idle'
  const email = { type: 'email', autoComplete: 'username', label: t('fields.email') } as const
  return (
    <>
      <header>
        <h1 className="text-2xl font-bold">{title}</h1>
        <p className="mt-1 text-ink-soft">{lead}</p>
      </header>
      <ErrorSummary {...summary} />
      <Form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          const given = new FormData(event.currentTarget)
          noteTyped(fixedEmail ?? String(given.get('email')), String(given.get('password')))
        }}
      >
        <TextField id="name" name="name" autoComplete="name" label={t('fields.name')} defaultValue={typed?.name ?? ''} error={of('name')} />
        {fixedEmail === null ? (
          <TextField {...email} id="email" name="email" inputMode="email" defaultValue={typed?.email ?? ''} error={of('email')} />
        ) : (
          <TextField {...email} id="email" isReadOnly value={fixedEmail} hint={t('accounts.invitation.emailFixed')} />
        )}
        <PasswordField autoComplete="new-password" hint={t('accounts.passwordRules')} error={of('password')} />
        {children}
        <Button type="submit" isPending={busy}>
          {submit}
        </Button>
      </Form>
    </>
  )
}
