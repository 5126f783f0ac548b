import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatAgo, formatNumber } from '#app/language/dates.ts'
import { useNow } from '#app/session/useNow.ts'
import { useSyncState } from '#app/session/useTablet.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { type ChipAside, type ChipSentence, chipAside, chipSentence, chipTone } from './chipWords.ts'

/** "3 to send · last received 12 min ago". */
export function SyncChip() {
  const { t } = useTranslation()
  const sync = useSyncState()
  const { sentenceOf, asideOf } = useChipWords()
  const sentence = sentenceOf(chipSentence(sync))
  const aside = asideOf(chipAside(sync))
  return (
    <Link
      to={sync.connection === 'signed-out' ? '/sign-in' : '/sync'}
      aria-label={`${t('shell.chip.label')}: ${sentence}, ${aside}`}
      className="inline-flex min-h-12 min-w-0 items-center rounded-full border border-line bg-surface px-4 no-underline hover:border-line-strong"
    >
      <StatusMark tone={chipTone(sync)}>
        <span className="truncate tabular-nums">{sentence}</span>
        <span className="truncate font-normal text-ink-soft max-tablet:hidden">· {aside}</span>
      </StatusMark>
    </Link>
  )
}

function useChipWords() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const figure = (count: number) => formatNumber(count, i18n.language)
  const sentenceOf = (said: ChipSentence): string => {
    if (said.key === 'firstSync') return t('shell.chip.firstSync', { received: figure(said.received), total: figure(said.total) })
    if (said.key === 'firstSyncSoFar') return t('shell.chip.firstSyncSoFar', { received: figure(said.received) })
    return said.key === 'sending' || said.key === 'waiting'
      ? t(`shell.chip.${said.key}`, { count: said.count })
      : t(`shell.chip.${said.key}`)
  }
  const asideOf = (said: ChipAside): string => {
    if (said.key === 'clock') return t('shell.chip.clock')
    if (said.key === 'firstSyncSoFar') return sentenceOf(said)
    return said.at === null ? t('shell.chip.neverReceived') : t('shell.chip.received', { ago: formatAgo(said.at, now, i18n.language) })
  }
  return { sentenceOf, asideOf }
}
