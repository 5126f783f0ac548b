import { useTranslation } from 'react-i18next'
import { StatusMark } from '#app/ui/StatusMark.tsx'

export function ProgramStatus({ active }: { active: boolean }) {
  const { t } = useTranslation()
  return <StatusMark tone={active ? 'good' : 'calm'}>{t(active ? 'programs.active' : 'programs.inactive')}</StatusMark>
}
