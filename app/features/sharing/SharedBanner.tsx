import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords, useSyncState, useTablet } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { ConfirmDialog } from '#app/ui/Dialog.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { sharesOf } from '#domain/facilities/place.ts'

/** Who else has this client, and why: seen by each of them, so that nobody shares behind the home's back. */
export function SharedBanner({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const { account } = useTablet()
  const facilities = useRecords('facilities')
  const nameOf = (id: string) => facilities.find(({ record }) => record.id === id)?.record.name ?? id
  const isHome = account.facilities.includes(client.facilityId)
  return sharesOf(client).map((facility) => (
    <Banner
      key={facility}
      title={t('sharing.shared', { home: nameOf(client.facilityId), facility: nameOf(facility) })}
      action={
        isHome || account.facilities.includes(facility) ? (
          <EndSharing id={client.id} facility={facility} name={nameOf(facility)} />
        ) : undefined
      }
    >
      {client.sharedFor !== null && t(`sharing.reasons.${client.sharedFor}`)}
    </Banner>
  ))
}

function EndSharing({ id, facility, name }: { id: string; facility: string; name: string }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const { connection } = useSyncState()
  const [asking, setAsking] = useState(false)
  const end = async () => {
    setAsking(false)
    const answer = await tablet.unshare({ id, facilityId: facility })
    if (answer !== 'done') return say({ tone: 'danger', words: t(`sharing.notEnded.${answer}`) })
    say({ tone: 'good', words: t('sharing.ended', { facility: name }) })
  }
  return (
    <>
      <Button kind="secondary" isDisabled={connection !== 'online'} onPress={() => setAsking(true)}>
        {t('sharing.end')}
      </Button>
      <ConfirmDialog
        title={t('sharing.endTitle', { facility: name })}
        open={asking}
        onClose={() => setAsking(false)}
        confirm={t('sharing.endConfirm')}
        cancel={t('fields.cancel')}
        onConfirm={() => void end()}
      >
        <p>{t('sharing.endHint', { facility: name })}</p>
      </ConfirmDialog>
    </>
  )
}
