import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem, SyncState } from '#app/data/tablet.ts'
import { formatNumber } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { ChangeRow } from './ChangeRow.tsx'

const ROWS = 50

/** Every change that the server has not taken. What it refused stands first: only a person can help it. */
export function ToSend({ items, sync }: { items: readonly OutboxItem[]; sync: SyncState }) {
  const { t, i18n } = useTranslation()
  const stuck = items.filter(({ state }) => state === 'rejected' || state === 'parked')
  const waiting = items.filter(({ state }) => state === 'unsent')
  const rows = [...stuck, ...waiting]
  const figure = (count: number) => formatNumber(count, i18n.language)
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('sync.toSend')}</h2>
      <p role="status" className="flex flex-wrap gap-x-6 empty:hidden">
        {waiting.length > 0 && <StatusMark tone="calm">{t('sync.waiting', { count: waiting.length })}</StatusMark>}
        {sync.sending && <StatusMark tone="good">{t('sync.sending')}</StatusMark>}
      </p>
      {stuck.length > 0 && <StuckBanner count={stuck.length} />}
      {rows.length === 0 ? (
        <EmptyState title={t('sync.allSent')} Icon={CircleCheck}>
          {t('sync.allSentHint')}
        </EmptyState>
      ) : (
        <ul aria-label={t('sync.toSend')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
          {rows.slice(0, ROWS).map((item) => (
            <ChangeRow key={item.n} item={item} />
          ))}
        </ul>
      )}
      {rows.length > ROWS && <p className="text-ink-soft">{t('sync.more', { shown: ROWS, total: figure(rows.length) })}</p>}
    </section>
  )
}

function StuckBanner({ count }: { count: number }) {
  const { t } = useTranslation()
  const link = (
    <LinkButton to="/review" kind="secondary">
      {t('sync.reviewLink')}
    </LinkButton>
  )
  return (
    <Banner tone="warn" title={t('sync.review', { count })} action={link}>
      {t('sync.reviewHint')}
    </Banner>
  )
}
