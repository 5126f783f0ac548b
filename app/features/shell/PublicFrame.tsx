import type { PropsWithChildren } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/Card.tsx'
import { Mark } from '#app/ui/Mark.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

/** Around pages that need no account: set-up, invitation, sign-in. */
export function PublicFrame({ children }: PropsWithChildren) {
  const { t } = useTranslation()
  return (
    <div className="flex min-h-dvh flex-col items-center gap-6 bg-paper px-4 py-8 tablet:py-16">
      <p className="flex items-center gap-3 text-primary">
        <Mark className="size-10" />
        <span className="text-2xl font-bold tracking-wide text-ink">{t('shell.appName')}</span>
      </p>
      <main className="w-full max-w-lg">
        <Card className="flex flex-col gap-6">{children}</Card>
      </main>
      <LanguageSwitch />
    </div>
  )
}
