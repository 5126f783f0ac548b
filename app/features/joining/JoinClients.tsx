import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords, useSyncState } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import { fullName } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { confirmsClient, nameToType } from '#domain/clients/typedName.ts'
import { type Client, type Difference, differences, type Side, whoStays } from './choices.ts'
import { useJoining } from './useJoining.ts'

/** Two records of one person become one: what differs is chosen, and everything that hangs on either stays. */
export function JoinClients({ one, other }: { one: Client; other: Client }) {
  const { t } = useTranslation()
  const { nameOf, wordsOf } = useFieldWords()
  const { connection } = useSyncState()
  const join = useJoining()
  const [swapped, setSwapped] = useState(false)
  const [picked, setPicked] = useState<ReadonlyMap<string, Side>>(new Map())
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)
  const older = whoStays(one, other)
  const { stays, goes } = swapped ? { stays: older.goes, goes: older.stays } : older
  const episodes = useRecords('enrollments').filter(({ record }) => record.clientId === one.id || record.clientId === other.id).length
  const rows = differences(stays, goes)
  const name = nameToType(stays)
  const submit = async () => {
    if (!confirmsClient(stays, typed)) return setWrong(true)
    setBusy(true)
    await join(stays, goes, new Map(rows.map(({ field, taken }) => [field, picked.get(field) ?? taken])))
    setBusy(false)
  }
  const choicesOf = ({ field, stays: kept, goes: offered }: Difference) => [
    { value: 'stays', label: wordsOf(field, kept) },
    { value: 'goes', label: wordsOf(field, offered) },
  ]
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex max-w-3xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Card className="flex flex-col gap-4">
        <p>
          {t('joining.stays', { name: fullName(stays) })} <bdi className="font-mono">{spokenClientNumber(stays.id)}</bdi>
        </p>
        <p>
          {t('joining.goes', { name: fullName(goes) })} <bdi className="font-mono">{spokenClientNumber(goes.id)}</bdi>
        </p>
        {episodes > 0 && <p>{t('joining.enrollments', { count: episodes })}</p>}
        <Button
          kind="secondary"
          className="self-start"
          onPress={() => {
            setSwapped(!swapped)
            setPicked(new Map())
            setTyped('')
          }}
        >
          {t('joining.swap')}
        </Button>
      </Card>
      <Card className="flex flex-col gap-6">
        <h2 className="text-xl font-bold">{t('joining.choose')}</h2>
        {rows.length === 0 && <p>{t('joining.same')}</p>}
        {rows.map((row) => (
          <RadioGroup
            key={`${stays.id} ${row.field}`}
            label={nameOf(row.field)}
            choices={choicesOf(row)}
            value={picked.get(row.field) ?? row.taken}
            onChange={(side) => setPicked(new Map([...picked, [row.field, side === 'goes' ? 'goes' : 'stays']]))}
          />
        ))}
      </Card>
      {connection !== 'online' && <Banner title={t('joining.offline')}>{t('joining.offlineHint')}</Banner>}
      <TextField
        id="confirm-joining"
        label={name === null ? t('joining.typeNumber') : t('joining.typeName', { name })}
        autoComplete="off"
        value={typed}
        onChange={(value) => {
          setTyped(value)
          setWrong(false)
        }}
        error={isWrong ? t('removal.mismatch') : undefined}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isPending={busy} isDisabled={connection !== 'online'} className="max-tablet:w-full">
          {t('joining.join')}
        </Button>
        <LinkButton to={`/clients/${one.id}`} kind="quiet">
          {t('fields.cancel')}
        </LinkButton>
      </div>
    </form>
  )
}
