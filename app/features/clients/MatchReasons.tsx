import { useTranslation } from 'react-i18next'
import type { Match } from './findMatches.ts'

/** "same name, similar date of birth" */
export function MatchReasons({ match }: { match: Match | undefined }) {
  const { t, i18n } = useTranslation()
  const words = match?.reasons.map((reason) => t(`review.similar.${reason}`)) ?? []
  return <span className="block text-sm font-medium">{new Intl.ListFormat(i18n.language).format(words)}</span>
}
