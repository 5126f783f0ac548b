import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { Select } from '#app/ui/Select.tsx'
import { Table } from '#app/ui/Table.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { ChoosableMeaning } from '#server/exchange/columns.ts'
import type { ImportJob } from '#server/exchange/importJobs.ts'
import type { Sample } from '#server/exchange/sample.ts'

export interface ImportSettingsFormProps {
  job: Pick<ImportJob, 'facilityId' | 'system' | 'state'>
  columns: Sample['columns']
  /** What a column can mean. */
  meanings: readonly ChoosableMeaning[]
  facilities: readonly { id: string; name: string }[]
  isFacilityMissing: boolean
}

export function ImportSettingsForm({ job, columns, meanings, facilities, isFacilityMissing }: ImportSettingsFormProps) {
  const { t } = useTranslation()
  const choices = meanings.map((value) => ({ value, label: t(`exchange.meanings.${value}`) }))
  return (
    <Form method="post" className="flex flex-col gap-5">
      <input type="hidden" name="intent" value="check" />
      {columns.length > 0 && (
        <section className="flex flex-col gap-3">
          <h2 className="text-xl font-bold">{t('exchange.columns')}</h2>
          <p>{t('exchange.columnsLead')}</p>
          <Table
            caption={t('exchange.columns')}
            rows={columns}
            rowKey={({ header }) => header}
            columns={[
              { key: 'heading', title: t('exchange.heading'), cell: ({ header }) => <bdi>{header}</bdi> },
              { key: 'values', title: t('exchange.values'), cell: ({ values }) => <bdi>{values.join(' · ')}</bdi> },
              {
                key: 'meaning',
                title: t('exchange.meaning'),
                cell: ({ header, meaning }) => (
                  <>
                    <input type="hidden" name="header" value={header} />
                    <select
                      name="meaning"
                      aria-label={`${header}: ${t('exchange.meaning')}`}
                      className="control"
                      defaultValue={meaning ?? ''}
                    >
                      <option value="">{t('exchange.leftOut')}</option>
                      {choices.map(({ value, label }) => (
                        <option key={value} value={value}>
                          {label}
                        </option>
                      ))}
                    </select>
                  </>
                ),
              },
            ]}
          />
        </section>
      )}
      <Card className="flex max-w-2xl flex-col gap-5">
        {facilities.length > 1 && (
          <Select
            id="facilityId"
            name="facilityId"
            label={t('exchange.facility')}
            empty=""
            required
            choices={facilities.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={job.facilityId ?? ''}
            error={isFacilityMissing ? t('exchange.facilityMissing') : undefined}
          />
        )}
        <TextField
          id="system"
          name="system"
          label={t('exchange.source')}
          hint={t('exchange.sourceHint')}
          defaultValue={job.system ?? ''}
          maxLength={60}
        />
        <Button type="submit" kind={job.state === 'checked' ? 'secondary' : 'primary'} className="self-start">
          {t(job.state === 'checked' ? 'exchange.checkAgain' : 'exchange.check')}
        </Button>
      </Card>
    </Form>
  )
}
