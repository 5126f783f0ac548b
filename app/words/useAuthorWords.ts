import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'

/** Who wrote something: the tablet knows the names that came with a change, and its own account. */
export function useAuthorWords(): (id: string | null | undefined, name?: string | null) => string {
  const { t } = useTranslation()
  const { account } = useTablet()
  return (id, name) => {
    if (id === account.id) return t('fields.you')
    return name ?? t('fields.somebody')
  }
}
