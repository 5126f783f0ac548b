import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

export function UnsentBanner({ count }: { count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  const link = (
    <LinkButton to="/sync" kind="quiet">
      {t('home.toSendLink')}
    </LinkButton>
  )
  return (
    <Banner title={t('home.toSend', { count })} action={link}>
      {t('home.toSendHint')}
    </Banner>
  )
}
