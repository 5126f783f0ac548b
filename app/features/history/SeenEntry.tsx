import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import type { SeenRow } from '#domain/audit/seen.ts'
import { shortDevice, timesOf } from './clocks.ts'

/** Who, what, when, and by which tablet or application. */
export function SeenEntry({ row, names }: { row: SeenRow; names: Readonly<Record<string, string>> }) {
  const { t, i18n } = useTranslation()
  const { deviceId } = useTablet()
  const whoIs = useAuthorWords()
  const { actorId, applicationId } = row
  const who = applicationId === null ? whoIs(actorId, names[actorId ?? '']) : (names[applicationId] ?? applicationId)
  const when = (at: number) => formatInstant(at, i18n.language)
  const { first, arrived } = timesOf({ writtenAt: row.deviceTime, arrivedAt: row.at })
  const device =
    row.deviceId === deviceId ? t('history.thisDevice') : row.deviceId && t('history.device', { id: shortDevice(row.deviceId) })
  return (
    <li className="flex flex-col gap-0.5 px-4 py-3">
      <p className="flex flex-wrap gap-x-2">
        <bdi className="font-semibold break-words">{who}</bdi>
        <span>{t(`history.seen.what.${row.action}`)}</span>
      </p>
      <p className="text-sm text-ink-soft">
        {[when(first), arrived !== null && t('history.arrived', { when: when(arrived) }), device].filter(Boolean).join(' · ')}
      </p>
    </li>
  )
}
