import { UserSearch, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useOutbox } from '#app/session/useTablet.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

/** @param departed the client's id, when it was on the screen a moment ago: the person is told what happened */
export function ClientNotFound({ departed = null }: { departed?: string | null }) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const byMe = outbox.some(({ recordId, op, state }) => recordId === departed && op === 'delete' && state !== 'rejected')
  const isGone = departed !== null && !byMe
  return (
    <div role="status">
      <EmptyState
        isPage
        title={t(isGone ? 'clients.departed' : 'clients.notFound')}
        Icon={isGone ? UserX : UserSearch}
        action={<LinkButton to="/">{t('clients.toSearch')}</LinkButton>}
      >
        {t(isGone ? 'clients.departedHint' : 'clients.notFoundHint')}
      </EmptyState>
    </div>
  )
}
