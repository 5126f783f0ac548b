import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { Card } from '#app/ui/Card.tsx'
import type { Credentials } from '#domain/partners/application.ts'
import { CopyButton } from './CopyButton.tsx'
import { pythonExample } from './pythonExample.ts'

/** The one time that a secret is on a screen: it lives in the answer of the form and nowhere else. */
export function CreatedSecret({ credentials, origin }: { credentials: Credentials; origin: string }) {
  const { t } = useTranslation()
  const box = useRef<HTMLElement>(null)
  // The form that was sent is below: without this a person could miss the one time.
  useEffect(() => box.current?.focus(), [])
  const example = pythonExample(origin, credentials)
  return (
    <section ref={box} tabIndex={-1} aria-label={t('applications.secret.title')} className="scroll-mt-24">
      <Card className="flex flex-col gap-5">
        <Banner tone="warn" title={t('applications.secret.title')}>
          {t('applications.secret.warning')}
        </Banner>
        <Value label={t('applications.secret.clientId')} value={credentials.clientId} copy={t('applications.secret.copyId')} />
        <Value label={t('applications.secret.clientSecret')} value={credentials.clientSecret} copy={t('applications.secret.copySecret')} />
        <section className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h3 className="font-semibold">{t('applications.secret.example')}</h3>
            <CopyButton text={example} label={t('applications.secret.copyExample')} />
          </div>
          <p className="text-sm text-ink-soft">{t('applications.secret.exampleHint')}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard */}
          <pre dir="ltr" tabIndex={0} className="overflow-x-auto rounded-lg bg-sunken p-4 font-mono text-sm">
            {example}
          </pre>
        </section>
      </Card>
    </section>
  )
}

function Value({ label, value, copy }: { label: string; value: string; copy: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="text-sm text-ink-soft">{label}</p>
        <code dir="ltr" className="font-mono break-all select-all">
          {value}
        </code>
      </div>
      <CopyButton text={value} label={copy} />
    </div>
  )
}
