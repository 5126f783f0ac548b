import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { askHeld, heldFields } from '#app/session/removedRecord.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { fullName } from '#domain/clients/client.ts'
import { collections, type RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'

/** Removes a client who was registered by mistake, and brings one back. */
export function useRemoval() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  const failed = (error: unknown) => say({ tone: 'danger', words: t(notSaved(error)) })

  /** @param remembered what this tablet kept of the record; null where the server has to be asked */
  const bringBack = async (id: string, remembered: Fields | null, name: string) => {
    const held = remembered ?? (await askHeld(tablet, 'clients', id))
    if (held === null) return say({ tone: 'warn', words: t('removal.needsServer') })
    const values = heldFields(collections.clients, held)
    try {
      await tablet.save({ collection: 'clients', recordId: id, op: 'restore', values, seen: { seq: 0, ...held } })
    } catch (error) {
      return failed(error)
    }
    say({ tone: 'good', words: t('removal.broughtBack', { name }) })
    navigate(`/clients/${id}`)
  }

  const remove = async (client: RecordOf<'clients'>) => {
    const name = fullName(client)
    try {
      await tablet.save({ collection: 'clients', recordId: client.id, op: 'delete', values: {}, seen: { ...client } })
    } catch (error) {
      return failed(error)
    }
    const undo = (
      <Button kind="secondary" onPress={() => void bringBack(client.id, { ...client }, name)}>
        {t('removal.undo')}
      </Button>
    )
    navigate('/')
    say({ tone: 'good', words: t('removal.removed', { name }), action: undo })
  }
  return { remove, bringBack }
}
