import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import type { Tone } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import type { Liveness } from './useLiveOverview.ts'

const TONES: Record<Liveness, Tone> = { connecting: 'calm', live: 'good', offline: 'calm', paused: 'warn' }

export interface LiveSignProps {
  liveness: Liveness
  paused: boolean
  /** UTC ms */
  asOf: number
  timeZone: string
  onToggle: () => void
}

/** How new the figures are, in words, and the way to hold them still. */
export function LiveSign({ liveness, paused, asOf, timeZone, onToggle }: LiveSignProps) {
  const { t, i18n } = useTranslation()
  const Sign = paused ? Play : Pause
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <span role="status">
        <StatusMark tone={TONES[liveness]}>{t(`dashboard.${liveness}`)}</StatusMark>
      </span>
      <span className="text-ink-soft tabular-nums">{t('dashboard.asOf', { time: formatInstant(asOf, i18n.language, timeZone) })}</span>
      <Button kind="secondary" onPress={onToggle}>
        <Sign aria-hidden="true" className="size-5" />
        {t(paused ? 'dashboard.resume' : 'dashboard.pause')}
      </Button>
    </div>
  )
}
