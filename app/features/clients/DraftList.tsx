import { Link } from '@remix-run/react'
import { PencilLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import { begunDrafts } from './draft.ts'

/** On the first page: what was begun and not saved. */
export function DraftList() {
  const { t } = useTranslation()
  const { account } = useTablet()
  const drafts = begunDrafts(account.id)
  if (drafts.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-bold">{t('home.drafts')}</h2>
      <ul aria-label={t('home.drafts')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
        {drafts.map(({ subject, name, address }) => (
          <li key={subject}>
            <Link
              to={address}
              data-arrow-stop=""
              className="flex min-h-14 items-center gap-3 px-4 py-3 font-semibold text-ink no-underline hover:bg-paper"
            >
              <PencilLine aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
              <span className="min-w-0 break-words">{name || t('home.draftNameless')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
