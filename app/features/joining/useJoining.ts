import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useStatus } from '#app/ui/Status.tsx'
import { fullName } from '#domain/clients/client.ts'
import { type Client, chosenValues, type Side } from './choices.ts'

/** Joins two clients on the server, then writes what was chosen from the one that goes: an edit as any other. */
export function useJoining() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  return async (stays: Client, goes: Client, chosen: ReadonlyMap<string, Side>): Promise<void> => {
    const answer = await tablet.join({ from: goes.id, into: stays.id })
    if (answer !== 'done') return say({ tone: 'danger', words: t(`joining.failed.${answer}`) })
    const values = chosenValues(goes, chosen)
    try {
      if (Object.keys(values).length > 0) {
        await tablet.save({ collection: 'clients', recordId: stays.id, op: 'edit', values, seen: { ...stays } })
      }
      say({ tone: 'good', words: t('joining.done', { name: fullName({ ...stays, ...values }) }) })
    } catch (refused) {
      say({ tone: 'danger', words: t(notSaved(refused)) })
    }
    navigate(`/clients/${stays.id}`, { replace: true })
  }
}
