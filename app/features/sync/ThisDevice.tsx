import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { formatLength, formatNumber, formatSize } from '#app/language/dates.ts'
import { clockIsOff } from '#app/session/clock.ts'
import { useStorageFacts } from '#app/session/useStorageFacts.ts'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import { Facts } from './Facts.tsx'

/** As many characters as an administrator sees in the list of devices. */
const SHORT_ID = 8

export function ThisDevice({ sync: { clockOffset } }: { sync: SyncState }) {
  const { t, i18n } = useTranslation()
  const { account, deviceId } = useTablet()
  const held = {
    clients: useRecords('clients').length,
    enrollments: useRecords('enrollments').length,
    programs: useRecords('programs').length,
  }
  const figure = (count: number) => formatNumber(count, i18n.language)
  return (
    <Facts
      title={t('sync.device')}
      facts={[
        [t('sync.account'), account.name],
        [t('sync.clients'), figure(held.clients)],
        [t('sync.enrollments'), figure(held.enrollments)],
        [t('sync.programs'), figure(held.programs)],
        ...useSpaceFacts(),
        [t('sync.deviceClock'), useClockWords(clockOffset)],
        [t('sync.deviceId'), deviceId.slice(0, SHORT_ID)],
      ]}
    />
  )
}

function useSpaceFacts(): (readonly [string, string])[] {
  const { t, i18n } = useTranslation()
  const storage = useStorageFacts()
  if (storage === null) return []
  const used = formatSize(storage.usedBytes, i18n.language)
  const quota = storage.quotaBytes === null ? null : formatSize(storage.quotaBytes, i18n.language)
  return [
    [t('sync.spaceUsed'), quota === null ? used : t('sync.spaceOf', { used, quota })],
    [t('sync.kept'), t(storage.isKept ? 'sync.keptYes' : 'sync.keptNo')],
  ]
}

function useClockWords(offset: number | null): string {
  const { t, i18n } = useTranslation()
  if (offset === null) return t('sync.clockUnknown')
  if (!clockIsOff(offset)) return t('sync.clockRight')
  return t(offset > 0 ? 'sync.clockAhead' : 'sync.clockBehind', { length: formatLength(offset, i18n.language) })
}
