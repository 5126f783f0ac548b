import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { PhoneLink } from '#app/ui/PhoneLink.tsx'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import type { RecordOf } from '#domain/collections.ts'
import { VisitWords } from './VisitWords.tsx'

/** At most this many rows are drawn; the rest is asked for. */
export const VISITS_SHOWN = 50

export interface VisitListProps {
  title: string
  visits: readonly RecordOf<'enrollments'>[]
  onRecord: (id: string) => void
}

export function VisitList({ title, visits, onRecord }: VisitListProps) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const { clientName, programName } = useRecordNames()
  if (visits.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-bold">{`${title} (${visits.length})`}</h2>
      <ul aria-label={title} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
        {visits.slice(0, VISITS_SHOWN).map((visit) => {
          const phone = tablet.record('clients', visit.clientId)?.record.phone ?? null
          return (
            <li key={visit.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-4">
              <div className="min-w-0 flex-1 basis-72">
                <Link to={`/clients/${visit.clientId}`} data-arrow-stop="" className="inline-flex min-h-12 items-center font-semibold">
                  {clientName(visit.clientId)}
                </Link>
                <p className="text-ink-soft">{programName(visit.programId)}</p>
                <p className="flex flex-wrap gap-x-4">
                  <VisitWords enrollment={visit} />
                </p>
              </div>
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
                {phone !== null && <PhoneLink phone={phone} />}
                <Button
                  kind="secondary"
                  onPress={() => onRecord(visit.id)}
                  aria-label={t('visits.recordOf', { name: clientName(visit.clientId), program: programName(visit.programId) })}
                >
                  {t('visits.record')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
      {visits.length > VISITS_SHOWN && <p className="text-ink-soft">{t('visits.first', { shown: VISITS_SHOWN, total: visits.length })}</p>}
    </section>
  )
}
