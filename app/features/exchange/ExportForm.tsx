import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { Select } from '#app/ui/Select.tsx'
import { EXPORT_KINDS, EXPORT_REASONS } from '#domain/exchange.ts'

export interface ExportFormProps {
  facilities: readonly { id: string; name: string }[]
  /** It was asked for without a reason. */
  isReasonMissing: boolean
}

/** Posted by the browser itself: what comes back is a file, and the page stays. */
export function ExportForm({ facilities, isReasonMissing }: ExportFormProps) {
  const { t } = useTranslation()
  return (
    <Card className="max-w-2xl">
      <form method="post" action="/exchange/file" className="flex flex-col gap-5">
        <h2 className="text-xl font-bold">{t('exchange.exportTitle')}</h2>
        <p>{t('exchange.exportLead')}</p>
        <Select
          id="kind"
          name="kind"
          label={t('exchange.kind')}
          choices={EXPORT_KINDS.map((value) => ({ value, label: t(`exchange.kinds.${value}`) }))}
        />
        {facilities.length > 1 && (
          <Select
            id="facility"
            name="facility"
            label={t('exchange.exportFacility')}
            empty={t('exchange.allFacilities')}
            choices={facilities.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Select
          id="reason"
          name="reason"
          label={t('exchange.reason')}
          empty=""
          required
          choices={EXPORT_REASONS.map((value) => ({ value, label: t(`exchange.reasons.${value}`) }))}
          error={isReasonMissing ? t('exchange.reasonMissing') : undefined}
        />
        <Button type="submit" className="self-start">
          {t('exchange.download')}
        </Button>
      </form>
    </Card>
  )
}
