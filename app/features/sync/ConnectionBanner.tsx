import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { Banner, type Tone } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

const TONES: Record<SyncState['connection'], Tone> = { online: 'good', connecting: 'calm', offline: 'calm', 'signed-out': 'warn' }

/** Offline is calm: nothing is wrong with it. A version that is too old has a banner with a button of its own. */
export function ConnectionBanner({ sync: { connection, problem } }: { sync: SyncState }) {
  const { t } = useTranslation()
  const signIn = connection === 'signed-out' && (
    <LinkButton to="/sign-in?next=/sync" reloadDocument>
      {t('sync.signIn')}
    </LinkButton>
  )
  return (
    <div role="status" className="flex flex-col gap-3">
      {problem !== null && problem !== 'upgrade' && <Banner tone="warn">{t(`sync.problem.${problem}`)}</Banner>}
      <Banner tone={TONES[connection]} title={t(`sync.connection.${connection}`)} action={signIn}>
        {t(`sync.connectionHint.${connection}`)}
      </Banner>
    </div>
  )
}
