import { useTranslation } from 'react-i18next'
import type { Choice } from '#app/ui/Select.tsx'
import { ERASURE_REASONS } from '#domain/clients/erasure.ts'

export function useReasons(): Choice[] {
  const { t } = useTranslation()
  return ERASURE_REASONS.map((value) => ({ value, label: t(`erasure.reasons.${value}`) }))
}
