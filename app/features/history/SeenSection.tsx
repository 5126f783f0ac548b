import { useTranslation } from 'react-i18next'
import { FoldedSection } from './FoldedSection.tsx'
import { SeenList } from './SeenList.tsx'

/** Who has seen or changed a client, for the doctors of the client's facility. */
export function SeenSection({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  return (
    <FoldedSection title={t('history.seen.title')} show={t('history.seen.show')} hide={t('history.seen.hide')}>
      <SeenList clientId={clientId} />
    </FoldedSection>
  )
}
