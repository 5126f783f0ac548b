import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Card } from '#app/ui/Card.tsx'
import { TextField } from '#app/ui/TextField.tsx'

export interface MadeCode {
  email: string
  code: string
  /** UTC ms */
  expiresAt: number
  /** The password of the account went with its second factor. */
  factorGone: boolean
}

export interface CodeReadyProps {
  made: MadeCode
  timeZone: string
  /** Where it is typed. */
  address: string
}

/** The one time that the code is shown: the server keeps only its hash. */
export function CodeReady({ made: { email, code, expiresAt, factorGone }, timeZone, address }: CodeReadyProps) {
  const { t, i18n } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Card className="flex max-w-2xl flex-col gap-5">
      <h2 ref={heading} tabIndex={-1} className="text-xl font-bold">
        {t('administration.resets.ready')}
      </h2>
      {factorGone && <Banner tone="warn">{t('administration.resets.factorGone', { email })}</Banner>}
      <p>{t('administration.resets.once', { email, until: formatInstant(expiresAt, i18n.language, timeZone), address })}</p>
      <TextField id="reset-code" label={t('administration.resets.code')} isReadOnly value={code} figures />
    </Card>
  )
}
