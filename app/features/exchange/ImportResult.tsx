import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { Card } from '#app/ui/Card.tsx'
import { Table } from '#app/ui/Table.tsx'
import type { ImportJob } from '#server/exchange/importJobs.ts'
import type { Line } from '#server/exchange/summary.ts'
import { ownName } from './importForm.ts'

const FIGURES = [
  'people',
  'created',
  'updated',
  'unchanged',
  'rejected',
  'enrolled',
  'possibleDuplicates',
  'conflicts',
  'warnings',
] as const
/** Said also when there are none. */
const ALWAYS: readonly string[] = ['people', 'created', 'updated', 'unchanged', 'rejected']

export function ImportResult({ state, summary, lines, lineCount }: Pick<ImportJob, 'state' | 'summary' | 'lines' | 'lineCount'>) {
  const { t, i18n } = useTranslation()
  if (summary === null) return null
  const asksForReview = summary.possibleDuplicates + summary.conflicts > 0
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t(state === 'taken' ? 'exchange.resultTaken' : 'exchange.result')}</h2>
      <Card>
        <dl className="grid grid-cols-2 gap-4 tablet:grid-cols-3 desktop:grid-cols-5">
          {FIGURES.filter((name) => ALWAYS.includes(name) || summary[name] > 0).map((name) => (
            <div key={name}>
              <dt className="text-sm text-ink-soft">{t(`exchange.figures.${name}`)}</dt>
              <dd className="text-xl font-bold tabular-nums">{formatNumber(summary[name], i18n.language)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {asksForReview && <p>{t('exchange.review')}</p>}
      {lines.length > 0 && <LineTable lines={lines} />}
      {lineCount > lines.length && <p className="text-ink-soft">{t('exchange.more', { count: lineCount - lines.length })}</p>}
    </section>
  )
}

function LineTable({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation()
  const fileOf = (line: Line) => (line.kind === 'note' ? line.file : line.place.file)
  return (
    <Table
      caption={t('exchange.lines')}
      rows={lines.map((line, index) => ({ line, index }))}
      rowKey={({ index }) => String(index)}
      columns={[
        { key: 'line', title: t('exchange.line'), cell: ({ line }) => (line.kind === 'note' ? '–' : line.place.line) },
        { key: 'file', title: t('exchange.file'), cell: ({ line }) => <bdi>{ownName(fileOf(line))}</bdi> },
        {
          key: 'what',
          title: t('exchange.what'),
          cell: ({ line: { kind, text } }) => (kind === 'rejected' ? t('exchange.notTaken', { reason: text }) : text),
        },
      ]}
    />
  )
}
