import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import type { RecordOf } from '#domain/collections.ts'
import { NobodyFound } from './NobodyFound.tsx'
import { RegisterTyped } from './RegisterTyped.tsx'
import type { Found } from './searchClients.ts'

export interface SearchResultsProps {
  typed: string
  found: Found<RecordOf<'clients'>>
  list: (clients: readonly RecordOf<'clients'>[]) => ReactNode
  /** Everybody has arrived on this device once. */
  isWhole: boolean
  /** Looks among everybody; when only some were looked at. */
  onClearFilters: (() => void) | undefined
  /** Below the words that nobody was found. */
  elsewhere?: ReactNode
}

export function SearchResults({ typed, found, list, isWhole, onClearFilters, elsewhere }: SearchResultsProps) {
  const { t, i18n } = useTranslation()
  const figure = (count: number) => formatNumber(count, i18n.language)
  if (found.total === 0) {
    return (
      <>
        <NobodyFound typed={typed.trim()} isWhole={isWhole} onClearFilters={onClearFilters} />
        {elsewhere}
      </>
    )
  }
  return (
    <section className="flex flex-col gap-3">
      <h2 role="status" className="text-lg font-bold">
        {t('home.found', { count: found.total })}
      </h2>
      {!isWhole && <p className="text-ink-soft">{t('home.stillArriving')}</p>}
      {list(found.clients)}
      {found.total > found.clients.length && (
        <p className="text-ink-soft">{t('home.refine', { shown: figure(found.clients.length), total: figure(found.total) })}</p>
      )}
      {typed.trim() !== '' && <RegisterTyped typed={typed} kind="quiet" className="self-start" />}
    </section>
  )
}
