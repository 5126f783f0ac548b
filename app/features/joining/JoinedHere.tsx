import { useTranslation } from 'react-i18next'
import { useRecords } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { fullName } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'

/** On the page of the one that stands: who was joined into it, so that a mistake is found where it is noticed. */
export function JoinedHere({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  const joined = useRecords('clients').filter(({ record }) => record.mergedInto === clientId)
  return joined.map(({ record }) => (
    <Banner
      key={record.id}
      title={t('joining.joinedHere', { name: fullName(record) })}
      action={
        <LinkButton to={`/clients/${record.id}`} kind="secondary">
          {t('joining.openJoined')}
        </LinkButton>
      }
    >
      <bdi className="font-mono">{spokenClientNumber(record.id)}</bdi>
    </Banner>
  ))
}
