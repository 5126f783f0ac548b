import { useTranslation } from 'react-i18next'
import { useToday } from '#app/session/useToday.ts'
import { ageInYears } from '#domain/calendar.ts'
import type { ClientFields } from '#domain/clients/client.ts'

type Birth = Pick<ClientFields, 'bornOn' | 'bornOnEstimated'>

/** "34 years", "about 34 years", or null when nobody knows. */
export function useAgeWords(): (client: Birth) => string | null {
  const { t } = useTranslation()
  const today = useToday()
  return ({ bornOn, bornOnEstimated }) => {
    if (bornOn === null) return null
    const years = t('clients.years', { count: ageInYears(bornOn, today) })
    return bornOnEstimated ? t('clients.about', { years }) : years
  }
}
