import { Copy } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { QrCode } from '#app/ui/QrCode.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { TextField } from '#app/ui/TextField.tsx'

export interface MadeInvitation {
  email: string
  link: string
  /** UTC ms */
  expiresAt: number
  /** What became of the mail, where there is a mail server. */
  mailed: 'off' | 'sent' | 'failed'
}

export interface InvitationReadyProps {
  made: MadeInvitation
  timeZone: string
  /** The server's address when only this machine can open it. */
  onlyHere: string | null
}

/** The one time that the link is shown: the server keeps only its hash. */
export function InvitationReady({ made, timeZone, onlyHere }: InvitationReadyProps) {
  const { t, i18n } = useTranslation()
  const say = useStatus()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const copy = async () => {
    await navigator.clipboard.writeText(made.link)
    say({ words: t('fields.copied'), tone: 'good' })
  }
  return (
    <Card className="flex max-w-2xl flex-col gap-5">
      <h2 ref={heading} tabIndex={-1} className="text-xl font-bold">
        {t('administration.invite.made')}
      </h2>
      <p>{t('administration.invite.once', { email: made.email, until: formatInstant(made.expiresAt, i18n.language, timeZone) })}</p>
      {made.mailed === 'sent' && <Banner tone="good">{t('administration.invite.mailed', { email: made.email })}</Banner>}
      {made.mailed === 'failed' && <Banner tone="warn">{t('administration.invite.mailFailed', { email: made.email })}</Banner>}
      {onlyHere !== null && <Banner tone="warn">{t('administration.invite.onlyHere', { origin: onlyHere })}</Banner>}
      <TextField id="link" label={t('administration.invite.link')} isReadOnly value={made.link} figures />
      <QrCode text={made.link} label={t('administration.invite.qr')} />
      <div className="flex flex-wrap gap-3">
        <Button onPress={() => void copy()}>
          <Copy aria-hidden="true" className="size-5" />
          {t('administration.invite.copy')}
        </Button>
        <LinkButton to="/people" kind="secondary" reloadDocument>
          {t('administration.invite.another')}
        </LinkButton>
      </div>
    </Card>
  )
}
