import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

/** The one time that they are shown: the server keeps only their hashes. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="flex flex-col gap-3">
      <h3 ref={heading} tabIndex={-1} className="text-lg font-bold">
        {t('accounts.factor.codesTitle')}
      </h3>
      <p>{t('accounts.factor.codesLead')}</p>
      <ul dir="ltr" aria-label={t('accounts.factor.codesTitle')} className="grid gap-x-6 gap-y-2 font-mono tabular-nums tablet:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  )
}
