import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import type { Session } from '#app/session/account.ts'
import { hasPin, type Locked, unlockWith } from '#app/session/opening.ts'
import { Button } from '#app/ui/Button.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { Anew } from './Anew.tsx'
import { NoWayIn } from './NoWayIn.tsx'
import { PasswordField } from './PasswordField.tsx'
import { PinForm } from './PinForm.tsx'
import { SignInAnew } from './SignInAnew.tsx'
import { UnsentHere } from './UnsentHere.tsx'
import { useDelivering } from './useDelivering.ts'
import { usePeopleHere } from './usePeopleHere.ts'

export interface UnlockFormProps {
  /** Who works on this tablet. */
  session: Session
  why: Locked
  onOpen: () => void
}

/** In place of every field page while there is no key in memory. Works without a server. */
export function UnlockForm({ session, why, onOpen }: UnlockFormProps) {
  const { t } = useTranslation()
  const people = usePeopleHere(session)
  const delivered = useDelivering(people)
  const [who, setWho] = useState(session.account.id)
  const [withPassword, setWithPassword] = useState(false)
  const chosen = people.find(({ account }) => account.id === who) ?? session
  const { submit, mistakes, isPending } = useUnlock(chosen, onOpen)
  const { summary, of } = useMistakes(mistakes)
  if (why === 'no-key' || why === 'other-key') return <NoWayIn session={session} why={why} delivered={delivered} />
  const isChanged = why === 'password-changed'
  const byPin = !isChanged && who === session.account.id && hasPin(who) && !withPassword
  return (
    <>
      <header>
        <h1 className="text-2xl font-bold">{t(isChanged ? 'lock.changedTitle' : 'lock.title')}</h1>
        <p className="mt-1 text-ink-soft">{t(isChanged ? 'lock.changedLead' : 'lock.lead')}</p>
      </header>
      <ErrorSummary {...summary} />
      <UnsentHere delivered={delivered} />
      {people.length > 1 ? (
        <RadioGroup
          label={t('lock.who')}
          value={who}
          onChange={setWho}
          choices={people.map(({ account }) => ({ value: account.id, label: account.name }))}
        />
      ) : (
        <p className="font-semibold break-words">{session.account.name}</p>
      )}
      {byPin ? (
        <PinForm onOpen={onOpen} onPassword={() => setWithPassword(true)} />
      ) : (
        <form noValidate className="flex flex-col gap-5" onSubmit={submit}>
          <input type="email" autoComplete="username" value={chosen.account.email} readOnly hidden />
          <PasswordField autoComplete="current-password" error={of('password')} {...(isChanged && { label: t('lock.changedField') })} />
          <Button type="submit" isPending={isPending}>
            {t(isPending ? 'lock.unlocking' : 'lock.submit')}
          </Button>
        </form>
      )}
      <SignInAnew />
      {isChanged && <Anew session={session} delivered={delivered} />}
    </>
  )
}

function useUnlock(session: Session, onOpen: () => void) {
  const [mistakes, setMistakes] = useState<Mistakes>()
  const [isPending, setPending] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    if (isPending) return
    setMistakes(password === '' ? { password: 'password-needed' } : undefined)
    if (password === '') return
    setPending(true)
    if (await unlockWith(session, password)) return onOpen()
    setMistakes({ password: 'unlock-failed' })
    setPending(false)
  }
  return { submit: (event: FormEvent<HTMLFormElement>) => void submit(event), mistakes, isPending }
}
