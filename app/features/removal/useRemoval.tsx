import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { fullName } from '#domain/clients/client.ts'
import type { RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { valuesToBringBack } from './removedHere.ts'

/** Removes a client who was registered by mistake, and brings one back. */
export function useRemoval() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  const failed = (error: unknown) => say({ tone: 'danger', words: t(notSaved(error)) })

  const bringBack = async (id: string, held: Fields, name: string) => {
    try {
      await tablet.save({ collection: 'clients', recordId: id, op: 'restore', values: valuesToBringBack(held), seen: { seq: 0, ...held } })
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
