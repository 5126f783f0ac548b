import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LocalRecord } from '#app/data/tablet.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { ProgramStatus } from './ProgramStatus.tsx'

export function ProgramRow({ program: { record, state }, enrolled }: { program: LocalRecord<'programs'>; enrolled: number }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link
        to={`/programs/${record.id}`}
        data-arrow-stop=""
        className="flex min-h-18 items-center gap-4 px-4 py-3 text-ink no-underline hover:bg-paper focus-visible:-outline-offset-3"
      >
        <span className="grid min-w-0 flex-1 gap-x-6 gap-y-0.5 tablet:grid-cols-[minmax(0,1fr)_auto] tablet:items-center">
          <span className="min-w-0">
            <span className={`block font-semibold break-words ${record.active ? '' : 'text-ink-soft'}`}>{record.name}</span>
            <span className="block text-ink-soft">
              <bdi className="font-mono">{record.id}</bdi> · {t(`programs.categories.${record.category}`)}
            </span>
          </span>
          <span className="flex flex-wrap gap-x-4 text-sm text-ink-soft tablet:flex-col tablet:items-end">
            <ProgramStatus active={record.active} />
            <span>{t('programs.enrolledHere', { count: enrolled })}</span>
            {state === 'unsent' && <StatusMark tone="calm">{t('fields.record.unsent')}</StatusMark>}
          </span>
        </span>
        <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-ink-soft rtl:rotate-180" />
      </Link>
    </li>
  )
}
