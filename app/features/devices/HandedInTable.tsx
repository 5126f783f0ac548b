import { useTranslation } from 'react-i18next'
import type { HandedIn } from '#server/sync/fleet.ts'
import { ChangesTable } from './ChangesTable.tsx'

/** What revoked devices handed in. */
export function HandedInTable({ changes, timeZone }: { changes: readonly HandedIn[]; timeZone: string }) {
  const { t } = useTranslation()
  const words = { title: t('devices.handedIn.title'), lead: t('devices.handedIn.lead'), none: t('devices.handedIn.none') }
  return <ChangesTable {...words} caption={t('devices.handedIn.table')} changes={changes} timeZone={timeZone} />
}
