import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSyncState, useTablet } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import type { LookupAnswer } from '#domain/sync/asking.ts'
import { FoundElsewhere } from './FoundElsewhere.tsx'
import { lookupOf } from './lookupOf.ts'

type Looked = { of: string; answer: LookupAnswer['found'] | 'too-many' | 'unreachable' }

/**
 * A client who comes from another facility, by the number of the card or an id as a whole. Nothing is shown for what could
 * be neither: a name finds nobody of another facility.
 */
export function LookElsewhere({ typed }: { typed: string }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const { connection } = useSyncState()
  const [busy, setBusy] = useState(false)
  const [looked, setLooked] = useState<Looked | null>(null)
  const lookup = lookupOf(typed)
  if (lookup === null) return null
  // What was typed since is another question.
  const answer = looked?.of === lookup.value ? looked.answer : null
  const look = async () => {
    setBusy(true)
    const found = await tablet.lookup(lookup)
    setLooked({ of: lookup.value, answer: found })
    setBusy(false)
  }
  const isOnline = connection === 'online'
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('sharing.title')}</h2>
      <p className="text-ink-soft">{t(isOnline ? 'sharing.lead' : 'sharing.offline')}</p>
      <Button kind="secondary" className="self-start max-tablet:w-full" isPending={busy} isDisabled={!isOnline} onPress={() => void look()}>
        <Building2 aria-hidden="true" className="size-5" />
        {t('sharing.look')}
      </Button>
      <div role="status" className="flex flex-col gap-4">
        {typeof answer === 'string' && <Banner tone="warn">{t(`sharing.failed.${answer}`)}</Banner>}
        {Array.isArray(answer) && answer.length === 0 && <p className="font-semibold">{t('sharing.nobody')}</p>}
        {Array.isArray(answer) && answer.map((found) => <FoundElsewhere key={found.id} found={found} />)}
      </div>
    </Card>
  )
}
