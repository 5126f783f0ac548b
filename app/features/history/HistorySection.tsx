import { useTranslation } from 'react-i18next'
import type { CollectionName } from '#domain/collections.ts'
import { FoldedSection } from './FoldedSection.tsx'
import { HistoryList } from './HistoryList.tsx'

/** Who changed what and when. */
export function HistorySection({ collection, recordId }: { collection: CollectionName; recordId: string }) {
  const { t } = useTranslation()
  return (
    <FoldedSection title={t('history.title')} show={t('history.show')} hide={t('history.hide')}>
      <HistoryList collection={collection} recordId={recordId} />
    </FoldedSection>
  )
}
