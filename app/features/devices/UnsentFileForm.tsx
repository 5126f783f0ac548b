import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { FileField } from '#app/ui/FileField.tsx'
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
        <FileField
          id="file"
          label={t('devices.file.choose')}
          accept="application/json,.json"
          error={unreadable ? t('devices.file.unreadable') : undefined}
        />
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
