import { useTranslation } from 'react-i18next'
import { carry } from '#app/session/carried.ts'
import type { ButtonKind } from '#app/ui/buttonLook.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { typedPerson } from './typedPerson.ts'

/** To the form with what was typed, so that nobody types a name twice. */
export function RegisterTyped({ typed, kind, className }: { typed: string; kind?: ButtonKind; className?: string }) {
  const { t } = useTranslation()
  return (
    <LinkButton to="/clients/new" onClick={() => carry(typedPerson(typed))} {...(kind && { kind })} {...(className && { className })}>
      {t('home.register', { typed: typed.trim() })}
    </LinkButton>
  )
}
