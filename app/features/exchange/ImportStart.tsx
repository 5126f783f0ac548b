import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { FileField } from '#app/ui/FileField.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { Table } from '#app/ui/Table.tsx'
import type { ImportState } from '#server/exchange/importJobs.ts'
import { fileNames } from './importForm.ts'

export interface ListedImport {
  id: string
  at: number
  by: string
  files: readonly string[]
  state: ImportState
}

export interface ImportStartProps {
  imports: readonly ListedImport[]
  problem: 'noFile' | 'tooLarge' | null
  timeZone: string
}

export function ImportStart({ imports, problem, timeZone }: ImportStartProps) {
  const { t, i18n } = useTranslation()
  const isSending = useNavigation().formMethod === 'POST'
  return (
    <>
      <Card className="max-w-2xl">
        <Form method="post" encType="multipart/form-data" className="flex flex-col gap-5">
          <h2 className="text-xl font-bold">{t('exchange.importTitle')}</h2>
          <p>{t('exchange.importLead')}</p>
          <FileField
            id="file"
            label={t('exchange.choose')}
            hint={t('exchange.chooseHint')}
            accept=".csv,.txt,.tsv,.json,.ndjson,text/csv,application/json,application/fhir+json"
            multiple
            error={problem === null ? undefined : t(`exchange.${problem}`)}
          />
          <Button type="submit" className="self-start" isPending={isSending}>
            {t('exchange.upload')}
          </Button>
        </Form>
      </Card>
      {imports.length > 0 && (
        <section className="flex flex-col gap-3">
          <h2 className="text-xl font-bold">{t('exchange.earlier')}</h2>
          <Table
            caption={t('exchange.earlier')}
            rows={imports}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'files',
                title: t('exchange.files'),
                cell: ({ id, files }) => (
                  <LinkButton to={`/exchange/import?id=${id}`} kind="quiet">
                    <bdi>{fileNames(files)}</bdi>
                  </LinkButton>
                ),
              },
              { key: 'at', title: t('exchange.date'), cell: ({ at }) => formatInstant(at, i18n.language, timeZone) },
              { key: 'by', title: t('exchange.by'), cell: ({ by }) => by },
              { key: 'state', title: t('exchange.state'), cell: ({ state }) => t(`exchange.states.${state}`) },
            ]}
          />
        </section>
      )}
    </>
  )
}
