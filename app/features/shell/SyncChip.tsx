import { Link } from '@remix-run/react'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { formatAgo } from '#app/language/dates.ts'
import { useSyncState } from '#app/session/useTablet.ts'
import type { Tone } from '#app/ui/Banner.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'

/** "3 to send · received 12 min ago". To send and received are two things; offline is calm. */
export function SyncChip() {
  const { t, i18n } = useTranslation()
  const sync = useSyncState()
  const now = useNow()
  const ago = sync.lastReceivedAt === null ? null : formatAgo(sync.lastReceivedAt, now, i18n.language)
  return (
    <Link
      to={sync.connection === 'signed-out' ? '/sign-in' : '/sync'}
      aria-label={`${t('shell.chip.label')}: ${sentence(sync, t)}, ${received(ago, t)}`}
      className="inline-flex min-h-12 min-w-0 items-center rounded-full border border-line bg-surface px-4 no-underline hover:border-line-strong"
    >
      <StatusMark tone={tone(sync)}>
        <span className="truncate">{sentence(sync, t)}</span>
        <span className="truncate font-normal text-ink-soft max-tablet:hidden">· {received(ago, t)}</span>
      </StatusMark>
    </Link>
  )
}

export function tone(sync: SyncState): Tone {
  if (sync.problem !== null || sync.connection === 'signed-out') return 'warn'
  return sync.connection === 'online' ? 'good' : 'calm'
}

function sentence(sync: SyncState, t: TFunction): string {
  if (typeof sync.firstSync === 'object') return t('shell.chip.firstSync', { count: sync.firstSync.received })
  if (sync.problem !== null) return t(`shell.chip.${sync.problem}`)
  if (sync.connection === 'signed-out') return t('shell.chip.signedOut')
  if (sync.sending) return t('shell.chip.sending', { count: sync.unsent })
  if (sync.unsent > 0) return t('shell.chip.waiting', { count: sync.unsent })
  return sync.connection === 'online' ? t('shell.chip.nothing') : t(`shell.chip.${sync.connection}`)
}

function received(ago: string | null, t: TFunction): string {
  return ago === null ? t('shell.chip.neverReceived') : t('shell.chip.received', { ago })
}

/** UTC ms, renewed often enough for words in minutes. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
