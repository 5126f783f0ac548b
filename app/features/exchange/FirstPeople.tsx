import { useTranslation } from 'react-i18next'
import { formatDay } from '#app/language/dates.ts'
import { Table } from '#app/ui/Table.tsx'
import type { Sample } from '#server/exchange/sample.ts'

/** How the beginning of the files is understood. */
export function FirstPeople({ people, rejected }: Pick<Sample, 'people' | 'rejected'>) {
  const { t, i18n } = useTranslation()
  const born = ({ bornOn, bornOnEstimated }: Sample['people'][number]) => {
    if (bornOn === null) return '–'
    const day = formatDay(bornOn, i18n.language)
    return bornOnEstimated ? t('exchange.estimated', { day }) : day
  }
  if (people.length + rejected.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('exchange.first')}</h2>
      <Table
        caption={t('exchange.first')}
        rows={people}
        rowKey={({ line }) => String(line)}
        columns={[
          { key: 'name', title: t('exchange.name'), cell: ({ name }) => <bdi>{name}</bdi> },
          { key: 'line', title: t('exchange.line'), cell: ({ line }) => line, figures: true },
          { key: 'sex', title: t('exchange.meanings.sex'), cell: ({ sex }) => t(`clients.sex.${sex}`) },
          { key: 'born', title: t('exchange.meanings.bornOn'), cell: born },
          { key: 'phone', title: t('exchange.meanings.phone'), cell: ({ phone }) => <bdi dir="ltr">{phone ?? '–'}</bdi> },
          { key: 'nationalId', title: t('exchange.meanings.nationalId'), cell: ({ nationalId }) => <bdi>{nationalId ?? '–'}</bdi> },
          { key: 'problems', title: t('exchange.problems'), cell: ({ warnings }) => warnings.join('; ') },
        ]}
      />
      {rejected.map(({ line, reason }) => (
        <p key={line}>
          {t('exchange.line')} {line}: {t('exchange.notTaken', { reason })}
        </p>
      ))}
    </section>
  )
}
