import { useNavigate } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord, useRecords, useTablet } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { Select } from '#app/ui/Select.tsx'
import { SHARE_REASONS, type ShareReason } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { LookupAnswer } from '#domain/sync/asking.ts'

type Found = LookupAnswer['found'][number]
type Sharing = 'asking' | 'arriving' | 'not-permitted' | 'refused' | 'unreachable'

/** Enough to see that it is the person in the room, and the way to their record. */
export function FoundElsewhere({ found }: { found: Found }) {
  const { t } = useTranslation()
  const sex = found.sex === 'unknown' ? t('clients.sexUnknown') : t(`clients.sex.${found.sex}`)
  const born =
    found.birthYear === null
      ? t('clients.ageUnknown')
      : t(found.bornOnEstimated ? 'sharing.bornAbout' : 'sharing.born', { year: String(found.birthYear) })
  return (
    <div className="flex flex-col gap-4 rounded-lg border border-line p-4">
      <p>
        <bdi className="text-xl font-bold">{found.initials}</bdi>
        <span>{` · ${sex} · ${born}`}</span>
        <br />
        <bdi className="font-mono">{spokenClientNumber(found.id)}</bdi>
      </p>
      {found.isHere ? (
        <LinkButton to={`/clients/${found.id}`} kind="secondary" className="self-start">
          {t('sharing.isHere')}
        </LinkButton>
      ) : (
        <ShareForm id={found.id} />
      )}
    </div>
  )
}

function ShareForm({ id }: { id: string }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const navigate = useNavigate()
  const facilities = useRecords('facilities')
  const own = tablet.account.facilities
  const [reason, setReason] = useState<ShareReason | null>(null)
  const [facility, setFacility] = useState(own[0] ?? '')
  const [isMissing, setMissing] = useState(false)
  const [state, setState] = useState<Sharing | null>(null)
  const arrived = useRecord('clients', id)
  useEffect(() => {
    if (state === 'arriving' && arrived !== undefined) navigate(`/clients/${id}`)
  }, [state, arrived, navigate, id])
  const share = async () => {
    if (reason === null) return setMissing(true)
    setState('asking')
    const answer = await tablet.share({ id, facilityId: facility, reason })
    setState(answer === 'done' ? 'arriving' : answer)
  }
  const nameOf = (facilityId: string) => facilities.find(({ record }) => record.id === facilityId)?.record.name ?? facilityId
  const isFailed = state !== null && state !== 'asking' && state !== 'arriving'
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void share()
      }}
    >
      <p>{t('sharing.hint')}</p>
      {own.length > 1 && (
        <Select
          id={`share-facility-${id}`}
          label={t('sharing.facility')}
          choices={own.map((one) => ({ value: one, label: nameOf(one) }))}
          value={facility}
          onChange={setFacility}
        />
      )}
      <RadioGroup
        id={`share-reason-${id}`}
        label={t('sharing.reason')}
        choices={SHARE_REASONS.map((value) => ({ value, label: t(`sharing.reasons.${value}`) }))}
        value={reason ?? ''}
        onChange={(value) => {
          setReason(value as ShareReason)
          setMissing(false)
        }}
        error={isMissing ? t('sharing.reasonMissing') : undefined}
      />
      {isFailed && <Banner tone="danger">{t(`sharing.notShared.${state}`)}</Banner>}
      <Button type="submit" isPending={state === 'asking' || state === 'arriving'} className="self-start max-tablet:w-full">
        {t('sharing.share', { facility: nameOf(facility) })}
      </Button>
      {state === 'arriving' && <p className="text-ink-soft">{t('sharing.arriving')}</p>}
    </form>
  )
}
