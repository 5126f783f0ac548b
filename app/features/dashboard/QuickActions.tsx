import { CalendarClock, type LucideIcon, MessageCircleQuestionMark, Search, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '#app/ui/LinkButton.tsx'

const ACTIONS: readonly { name: 'register' | 'home' | 'visits' | 'review'; to: string; Icon: LucideIcon }[] = [
  { name: 'register', to: '/clients/new', Icon: UserPlus },
  { name: 'home', to: '/', Icon: Search },
  { name: 'visits', to: '/visits', Icon: CalendarClock },
  { name: 'review', to: '/review', Icon: MessageCircleQuestionMark },
]

/** From the figures back to work, for those who have clients. */
export function QuickActions() {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('dashboard.quick')} className="no-print flex flex-wrap gap-3">
      {ACTIONS.map(({ name, to, Icon }) => (
        <LinkButton key={name} to={to} kind="secondary">
          <Icon aria-hidden="true" className="size-5" />
          {name === 'home' ? t('home.search') : t(`shell.nav.${name}`)}
        </LinkButton>
      ))}
    </nav>
  )
}
