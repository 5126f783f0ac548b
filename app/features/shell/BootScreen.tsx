import { useTranslation } from 'react-i18next'
import { Mark } from '#app/ui/Mark.tsx'

/** Shown for the moment until the app has found its data; no words but the name, as it has no language yet. */
export function BootScreen() {
  const { t } = useTranslation()
  return (
    <div className="grid min-h-dvh place-items-center bg-paper" aria-busy="true">
      <div className="flex animate-pulse flex-col items-center gap-4 text-primary motion-reduce:animate-none">
        <Mark className="size-16" />
        <p className="text-lg font-semibold tracking-wide">{t('shell.appName')}</p>
      </div>
    </div>
  )
}
