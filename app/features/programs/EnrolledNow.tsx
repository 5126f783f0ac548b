import { Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

export interface EnrolledNowProps {
  total: number
  /** The search among all of them. */
  searchAmong: string
  /** Most that the list draws. */
  shown: number
  /** The list of clients. */
  children: ReactNode
}

export function EnrolledNow({ total, searchAmong, shown, children }: EnrolledNowProps) {
  const { t, i18n } = useTranslation()
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <h2 className="text-xl font-bold">
          {t('programs.enrolledNow')}: {formatNumber(total, i18n.language)}
        </h2>
        {total > 0 && (
          <LinkButton to={searchAmong} kind="quiet">
            {t('programs.searchAmong')}
          </LinkButton>
        )}
      </div>
      {total === 0 ? (
        <EmptyState title={t('programs.nobody')} Icon={Users}>
          {t('programs.nobodyHint')}
        </EmptyState>
      ) : (
        children
      )}
      {total > shown && <p className="text-ink-soft">{t('programs.latest', { shown, total: formatNumber(total, i18n.language) })}</p>}
    </section>
  )
}
