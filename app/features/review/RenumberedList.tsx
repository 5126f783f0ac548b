import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useOutbox } from '#app/session/useTablet.ts'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { renumbered } from './renumbered.ts'

/** Clients whose number had been given away on another device, and who have a new one: a card may be wrong. */
export function RenumberedList() {
  const { t, i18n } = useTranslation()
  const { clientName } = useRecordNames()
  const rows = renumbered(useOutbox())
  if (rows.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('review.closedLately')}</h2>
      <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {rows.map(({ changeId, was, is, at }) => (
          <li key={changeId} className="px-4 py-3">
            <Link to={`/clients/${is}`} className="inline-flex min-h-12 items-center text-primary">
              {t('review.renumbered', { was: spokenClientNumber(was), is: spokenClientNumber(is), name: clientName(is) })}
            </Link>
            <p className="text-sm text-ink-soft">{formatInstant(at, i18n.language)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
