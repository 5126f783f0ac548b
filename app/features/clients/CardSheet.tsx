import { useTranslation } from 'react-i18next'
import { QrCode } from '#app/ui/QrCode.tsx'
import { spokenClientNumber } from '#domain/clients/number.ts'

export interface CardSheetProps {
  number: string
  /** As much of it as the card is to show. */
  name: string
  facility: string | null
}

/** Black on white in every theme, as it comes out of the printer. The code holds the number and nothing else. */
export function CardSheet({ number, name, facility }: CardSheetProps) {
  const { t } = useTranslation()
  const spoken = spokenClientNumber(number)
  return (
    <section aria-label={t('clients.card.open')} className="card-sheet flex flex-col gap-3">
      {facility !== null && <p className="text-lg font-bold">{facility}</p>}
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={number} label={t('clients.card.code', { number: spoken })} />
        <div className="min-w-44 flex-1">
          <p className="text-xl font-semibold break-words">{name}</p>
          <p className="mt-3 text-sm">{t('clients.number')}</p>
          <p className="font-mono text-2xl font-bold">
            <bdi>{spoken}</bdi>
          </p>
        </div>
      </div>
      <p className="text-sm">{t('clients.card.bring')}</p>
    </section>
  )
}
