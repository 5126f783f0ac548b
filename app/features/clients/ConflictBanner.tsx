import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { conflictDetail } from '#domain/sync/issue.ts'
import { readDetail } from './readDetail.ts'
import { useFieldWords } from './useFieldWords.ts'

/** Both values of each field that two people changed. */
export function ConflictBanner({ issue }: { issue: RecordOf<'issues'> }) {
  const { t, i18n } = useTranslation()
  const { account } = useTablet()
  const { nameOf, wordsOf } = useFieldWords()
  const detail = readDetail(conflictDetail, issue.detail)
  const by = issue.actorId === account.id ? 'byYou' : 'by'
  return (
    <Banner tone="warn" title={t('clients.issue.conflict')}>
      <p>{t('clients.issue.conflictHint')}</p>
      {detail?.fields.map(({ field, current, to, stands }) => (
        <dl key={field} className="mt-3 grid gap-x-6 gap-y-1 border-s-4 border-warn ps-3 tablet:grid-cols-2">
          <div className="font-semibold tablet:col-span-2">
            <dt className="sr-only">{t('clients.issue.field')}</dt>
            <dd>{nameOf(field)}</dd>
          </div>
          <Value term={t('clients.issue.stands')} words={wordsOf(field, stands === 'to' ? to : current)} />
          <Value term={t('clients.issue.other')} words={wordsOf(field, stands === 'to' ? current : to)} />
        </dl>
      ))}
      {detail !== null && (
        <p className="mt-3 text-sm text-ink-soft">{t(`clients.issue.${by}`, { when: formatInstant(detail.deviceTime, i18n.language) })}</p>
      )}
    </Banner>
  )
}

function Value({ term, words }: { term: string; words: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{term}</dt>
      <dd className="break-words">{words}</dd>
    </div>
  )
}
