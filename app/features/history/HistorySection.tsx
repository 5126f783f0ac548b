import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import type { CollectionName } from '#domain/collections.ts'
import { HistoryList } from './HistoryList.tsx'

/** Who changed what and when. Folded until somebody asks, and not asked of the server before. */
export function HistorySection({ collection, recordId }: { collection: CollectionName; recordId: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl font-bold">{t('history.title')}</h2>
        <Button kind="secondary" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t(isOpen ? 'history.hide' : 'history.show')}
          <ChevronDown aria-hidden="true" className={`size-5 ${isOpen ? 'rotate-180' : ''}`} />
        </Button>
      </div>
      {isOpen && <HistoryList collection={collection} recordId={recordId} />}
    </section>
  )
}
