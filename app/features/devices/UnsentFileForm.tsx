import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { FieldProblem, labelLook } from '#app/ui/FieldFrame.tsx'
import { Table } from '#app/ui/Table.tsx'
import type { BroughtIn } from '#server/sync/unsentFile.ts'
import { CollectionWord, RecordId } from './ChangesTable.tsx'

export interface UnsentFileFormProps {
  unreadable: boolean
  brought: { count: number; changes: readonly BroughtIn[] } | null
  timeZone: string
}

export function UnsentFileForm({ unreadable, brought, timeZone }: UnsentFileFormProps) {
  const { t } = useTranslation()
  return (
    <Card className="flex max-w-4xl flex-col gap-4">
      <h2 className="text-xl font-bold">{t('devices.file.title')}</h2>
      <p>{t('devices.file.lead')}</p>
      <div role="status">{brought !== null && <Banner tone="good" title={t('devices.file.done', { count: brought.count })} />}</div>
      {brought !== null && brought.count > 0 && <BroughtInTable {...brought} timeZone={timeZone} />}
      <Form method="post" encType="multipart/form-data" className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="file" />
        <div className="flex flex-col gap-1">
          <label htmlFor="file" className={labelLook}>
            {t('devices.file.choose')}
          </label>
          <input
            id="file"
            name="file"
            type="file"
            accept="application/json,.json"
            required
            aria-invalid={unreadable}
            aria-describedby={unreadable ? 'file-error' : undefined}
            className="min-h-12 py-2 file:me-4 file:min-h-12 file:cursor-pointer file:rounded-lg file:border file:border-solid file:border-ink-soft file:bg-transparent file:px-4 file:font-semibold"
          />
          {unreadable && <FieldProblem id="file-error">{t('devices.file.unreadable')}</FieldProblem>}
        </div>
        <Button type="submit" kind="secondary" className="self-start">
          {t('devices.file.submit')}
        </Button>
      </Form>
    </Card>
  )
}

function BroughtInTable({ count, changes, timeZone }: NonNullable<UnsentFileFormProps['brought']> & { timeZone: string }) {
  const { t, i18n } = useTranslation()
  const date = (at: number | null) => (at === null ? '–' : formatInstant(at, i18n.language, timeZone))
  return (
    <>
      <Table
        caption={t('devices.file.table')}
        rows={changes}
        rowKey={({ n, recordId }) => `${n}/${recordId}`}
        columns={[
          { key: 'number', title: t('devices.handedIn.number'), cell: ({ n }) => n },
          { key: 'date', title: t('devices.handedIn.date'), cell: ({ deviceTime }) => date(deviceTime) },
          { key: 'kind', title: t('devices.handedIn.kind'), cell: ({ collection }) => <CollectionWord name={collection} /> },
          { key: 'record', title: t('devices.handedIn.record'), cell: ({ recordId }) => <RecordId id={recordId} /> },
          { key: 'outcome', title: t('devices.file.outcome'), cell: ({ outcome }) => t(`devices.file.outcomes.${outcome}`) },
        ]}
      />
      {count > changes.length && <p>{t('devices.file.more', { count: count - changes.length })}</p>}
    </>
  )
}
