import { useTranslation } from 'react-i18next'
import type { Role } from '#domain/access/access.ts'

/** Lists of roles and facilities as a person reads them; a dash when there are none. */
export function useNames(facilities: readonly { id: string; name: string }[]) {
  const { t, i18n } = useTranslation()
  const list = new Intl.ListFormat(i18n.language, { type: 'unit', style: 'short' })
  const known = new Map(facilities.map(({ id, name }) => [id, name]))
  const joined = (names: string[]) => (names.length === 0 ? '–' : list.format(names))
  return {
    roles: (roles: readonly Role[]) => joined(roles.map((role) => t(`accounts.role.${role}`))),
    facilities: (ids: readonly string[]) => joined(ids.map((id) => known.get(id) ?? id)),
  }
}
