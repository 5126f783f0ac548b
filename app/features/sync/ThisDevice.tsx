import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import { Facts } from './Facts.tsx'
import { useStorageFacts } from './useStorageFacts.ts'

const MB = 1024 * 1024

export function ThisDevice() {
  const { t, i18n } = useTranslation()
  const { account } = useTablet()
  const held = {
    clients: useRecords('clients').length,
    enrollments: useRecords('enrollments').length,
    programs: useRecords('programs').length,
  }
  const storage = useStorageFacts()
  const figure = (count: number) => formatNumber(count, i18n.language)
  return (
    <Facts
      title={t('sync.device')}
      facts={[
        [t('sync.account'), account.name],
        [t('sync.clients'), figure(held.clients)],
        [t('sync.enrollments'), figure(held.enrollments)],
        [t('sync.programs'), figure(held.programs)],
        ...(storage === null
          ? []
          : [
              [t('sync.space'), t('sync.spaceMb', { count: Math.ceil(storage.usedBytes / MB) })] as const,
              [t('sync.kept'), t(storage.isKept ? 'sync.keptYes' : 'sync.keptNo')] as const,
            ]),
      ]}
    />
  )
}
