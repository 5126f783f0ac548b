import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import type { DeadLink } from './entry.ts'

/** In the form's place when its link is used up, too old or unknown. */
export function LinkProblem({ problem }: { problem: DeadLink }) {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="text-2xl font-bold">{t('accounts.link.title')}</h1>
      <Banner tone="warn">{t(`accounts.link.${problem}`)}</Banner>
      <LinkButton to="/sign-in" kind="secondary">
        {t('accounts.signIn.goTo')}
      </LinkButton>
    </>
  )
}
