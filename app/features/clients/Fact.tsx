import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** One line of a client's details; what is not known says so. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="break-words whitespace-pre-line">{children ?? <span className="text-ink-soft">{t('clients.notGiven')}</span>}</dd>
    </div>
  )
}
