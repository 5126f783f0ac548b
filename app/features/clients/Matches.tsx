import { UsersRound } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { ClientList } from './ClientList.tsx'
import { MatchReasons } from './MatchReasons.tsx'
import type { TypedClient } from './typedClient.ts'
import { useMatches } from './useMatches.ts'

export interface MatchesProps {
  typed: TypedClient
  /** The client that is edited; null for a new one. */
  self: string | null
}

/** Who may be registered already, before somebody is registered twice. It never stands in the way: saving goes on as ever. */
export function Matches({ typed, self }: MatchesProps) {
  const { t } = useTranslation()
  const heading = useId()
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set())
  const matches = useMatches(typed, self).filter(({ client }) => !others.has(client.id))
  return (
    <>
      <p role="status" className="sr-only">
        {matches.length > 0 && t('clients.matches.count', { count: matches.length })}
      </p>
      {matches.length > 0 && (
        <section aria-labelledby={heading} className="flex flex-col gap-4 rounded-2xl border border-warn bg-warn-soft p-5">
          <h2 id={heading} className="flex items-center gap-3 text-lg font-bold">
            <UsersRound aria-hidden="true" className="size-6 shrink-0" />
            {t('clients.matches.title')}
          </h2>
          <p className="text-ink-soft">{t('clients.matches.lead')}</p>
          <ClientList clients={matches.map(({ client }) => client)}>
            {(id) => <MatchReasons match={matches.find((match) => match.client.id === id)} />}
          </ClientList>
          <Button
            kind="quiet"
            className="self-start"
            onPress={() => setOthers(new Set([...others, ...matches.map(({ client }) => client.id)]))}
          >
            {t('clients.matches.nobody')}
          </Button>
        </section>
      )}
    </>
  )
}
