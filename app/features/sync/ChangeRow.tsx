import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#app/data/tablet.ts'
import { formatInstant } from '#app/language/dates.ts'
import type { Tone } from '#app/ui/Banner.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { addressOf } from './addressOf.ts'
import { useChangeWords } from './useChangeWords.ts'

const TONES: Record<OutboxItem['state'], Tone> = { unsent: 'calm', sent: 'good', rejected: 'danger', parked: 'warn' }

export function ChangeRow({ item }: { item: OutboxItem }) {
  const { t, i18n } = useTranslation()
  const { whatOf, reasonOf } = useChangeWords()
  const { state } = item
  const address = addressOf(item)
  const reason = reasonOf(item)
  const what = whatOf(item)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        {address === null || state === 'rejected' ? (
          <p className="font-semibold break-words">{what}</p>
        ) : (
          <Link to={address} className="inline-flex min-h-12 items-center font-semibold break-words text-primary">
            {what}
          </Link>
        )}
        {reason !== null && <p>{reason}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-x-4">
        <span className="text-sm text-ink-soft">{formatInstant(item.at, i18n.language)}</span>
        <StatusMark tone={TONES[state]}>
          {state === 'unsent' || state === 'sent' ? t(`fields.record.${state}`) : t(`sync.state.${state}`)}
        </StatusMark>
      </div>
    </li>
  )
}
