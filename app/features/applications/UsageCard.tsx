import { useTranslation } from 'react-i18next'
import { formatDay, formatNumber } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Card } from '#app/ui/Card.tsx'
import { BarChart } from '#app/ui/charts/BarChart.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import type { ApplicationUsage } from '#domain/partners/application.ts'

/** What an application asked in the last days, and the way to each single request. */
export function UsageCard({ usage, id }: { usage: ApplicationUsage; id: string }) {
  const { t, i18n } = useTranslation()
  const names = ['requests', 'refused', 'clients'] as const
  const isEmpty = usage.days.every(({ requests }) => requests === 0)
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('applications.usage.title')}</h2>
      {usage.isUnusual && (
        <Banner tone="warn" title={t('applications.usage.unusual', { today: number(usage.clientsToday) })}>
          {t('applications.usage.usual', { usual: number(Math.ceil(usage.usual)) })}
        </Banner>
      )}
      {isEmpty ? (
        <p className="text-ink-soft">{t('applications.usage.nothing')}</p>
      ) : (
        <div className="max-w-2xl">
          <BarChart
            title={t('applications.usage.title')}
            axis={t('applications.usage.day')}
            tableTitle={t('reports.figures')}
            series={names.map((key) => ({ key, name: t(`applications.usage.${key}`) }))}
            bars={usage.days.map((day) => ({
              label: String(Number(day.day.slice(8))),
              name: formatDay(day.day, i18n.language),
              values: names.map((name) => day[name]),
            }))}
            format={number}
          />
        </div>
      )}
      <LinkButton kind="secondary" to={`/audit?application=${encodeURIComponent(id)}`} className="self-start">
        {t('applications.usage.requestLog')}
      </LinkButton>
    </Card>
  )
}
