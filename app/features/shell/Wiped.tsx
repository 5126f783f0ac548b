import { ShieldX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { buttonLook } from '#app/ui/buttonLook.ts'

/** In place of everything: the device was signed off, handed in what was unsent, and holds nothing any more. */
export function Wiped() {
  const { t } = useTranslation()
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 bg-paper px-6 py-12 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-ink-soft">
        <ShieldX aria-hidden="true" className="size-8" />
      </span>
      <h1 className="text-2xl font-bold">{t('shell.wiped.title')}</h1>
      <div className="flex max-w-prose flex-col gap-2">
        <p>{t('shell.wiped.lead')}</p>
        <p>{t('shell.wiped.handedIn')}</p>
        <p>{t('shell.wiped.nothingLeft')}</p>
        <p className="text-ink-soft">{t('shell.wiped.next')}</p>
      </div>
      <a href="/sign-in" className={buttonLook('primary', 'mt-2')}>
        {t('shell.wiped.signIn')}
      </a>
    </main>
  )
}
