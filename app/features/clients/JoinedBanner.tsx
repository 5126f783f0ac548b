import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

/** Old cards and links still lead to a client who was joined into another. */
export function JoinedBanner({ into }: { into: string }) {
  const { t } = useTranslation()
  const open = (
    <LinkButton to={`/clients/${into}`} kind="secondary">
      {t('clients.joinedLink')}
    </LinkButton>
  )
  return <Banner title={t('clients.joined')} action={open} />
}
