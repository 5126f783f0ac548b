import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { ACTIVE_SECRETS, type ListedApplication } from '#domain/partners/application.ts'

/** A form, so that it works without JavaScript; each button's label also names the application. */
export function ApplicationButtons({ application }: { application: ListedApplication }) {
  const { t } = useTranslation()
  const { id, name, disabledAt, secrets } = application
  const rotating = secrets.length >= ACTIVE_SECRETS
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <input type="hidden" name="id" value={id} />
      {rotating && <input type="hidden" name="secretId" value={secrets[0]?.id ?? ''} />}
      {disabledAt === null ? (
        <Button type="submit" kind="danger" name="intent" value="disable" aria-label={t('applications.disableLabel', { name })}>
          {t('applications.disable')}
        </Button>
      ) : (
        <Button type="submit" kind="secondary" name="intent" value="enable" aria-label={t('applications.enableLabel', { name })}>
          {t('applications.enable')}
        </Button>
      )}
      {rotating ? (
        <Button
          type="submit"
          kind="secondary"
          name="intent"
          value="revoke-secret"
          aria-label={t('applications.endOldSecretLabel', { name })}
        >
          {t('applications.endOldSecret')}
        </Button>
      ) : (
        <Button type="submit" kind="secondary" name="intent" value="add-secret" aria-label={t('applications.newSecretLabel', { name })}>
          {t('applications.newSecret')}
        </Button>
      )}
      <Button type="submit" kind="secondary" name="intent" value="end-tokens" aria-label={t('applications.endTokensLabel', { name })}>
        {t('applications.endTokens')}
      </Button>
    </Form>
  )
}
