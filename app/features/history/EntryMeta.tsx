import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import { shortDevice, timesOf } from './clocks.ts'
import type { HistoryEntry } from './entries.ts'

/** Who, when and on which device. */
export function EntryMeta({ entry }: { entry: HistoryEntry }) {
  const { t, i18n } = useTranslation()
  const { deviceId } = useTablet()
  const whoIs = useAuthorWords()
  const { first, arrived, wasAhead } = timesOf(entry)
  const when = (at: number) => formatInstant(at, i18n.language)
  const device =
    entry.deviceId === deviceId ? t('history.thisDevice') : entry.deviceId && t('history.device', { id: shortDevice(entry.deviceId) })
  const time =
    arrived === null ? when(first) : `${t('history.written', { when: when(first) })}, ${t('history.arrived', { when: when(arrived) })}`
  return (
    <p className="text-sm text-ink-soft">
      {[whoIs(entry.who.id, entry.who.name), time, device].filter(Boolean).join(' · ')}
      {wasAhead && <span className="block text-warn">{t('history.clockAhead')}</span>}
    </p>
  )
}
