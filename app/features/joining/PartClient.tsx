import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { ConfirmDialog } from '#app/ui/Dialog.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { fullName } from '#domain/clients/client.ts'
import type { Client } from './choices.ts'

/** On the page of somebody who was joined into another by mistake. */
export function PartClient({ client }: { client: Client }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const part = async () => {
    setAsking(false)
    const answer = await tablet.part({ id: client.id })
    if (answer !== 'done') return say({ tone: 'danger', words: t(`joining.partFailed.${answer}`) })
    say({ tone: 'good', words: t('joining.parted', { name: fullName(client) }) })
    navigate(`/clients/${client.id}`, { replace: true })
  }
  return (
    <>
      <Button kind="secondary" className="self-start" onPress={() => setAsking(true)}>
        {t('joining.part')}
      </Button>
      <ConfirmDialog
        title={t('joining.partTitle')}
        open={asking}
        onClose={() => setAsking(false)}
        confirm={t('joining.partConfirm')}
        cancel={t('fields.cancel')}
        onConfirm={() => void part()}
      >
        <p>{t('joining.partHint')}</p>
      </ConfirmDialog>
    </>
  )
}
