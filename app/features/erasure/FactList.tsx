import { useTranslation } from 'react-i18next'
import { formatInstant, formatNumber } from '#app/language/dates.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { ErasureFacts } from '#server/sync/erasureFacts.ts'

export interface FactListProps {
  facts: ErasureFacts
  timeZone: string
  /** Names and values that stand first. */
  more?: readonly (readonly [string, string])[]
}

export function FactList({ facts, timeZone, more = [] }: FactListProps) {
  const { t, i18n } = useTranslation()
  const when = (at: number) => formatInstant(at, i18n.language, timeZone)
  const lines: (readonly [string, string])[] = [
    ...more,
    [t('erasure.facility'), facts.facility],
    [t('erasure.registeredOn'), when(facts.registeredAt)],
    [t('erasure.changedOn'), when(facts.changedAt)],
    [t('erasure.enrollments'), formatNumber(facts.enrollments, i18n.language)],
    [t('erasure.changes'), formatNumber(facts.changes, i18n.language)],
  ]
  if (facts.joined.length > 0) lines.push([t('erasure.joined'), facts.joined.map(spokenClientNumber).join(', ')])
  return (
    <dl className="grid gap-x-8 gap-y-3 tablet:grid-cols-2">
      {lines.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-sm text-ink-soft">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
