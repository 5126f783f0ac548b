import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import type { AuditVerdict as Verdict } from '#server/audit/verify.ts'

/** What verifying found, in words. @param keep the newest checkpoint, for whoever keeps it elsewhere */
export function AuditVerdict({ verdict, keep }: { verdict: Verdict; keep: string | null }) {
  const { t } = useTranslation()
  if (verdict.kind !== 'whole') {
    const { kind, firstBadSeq, foundIn } = verdict
    return (
      <Banner tone="danger" title={t(`administration.audit.verify.${kind}`, { seq: firstBadSeq })}>
        {t(`administration.audit.verify.foundIn.${foundIn}`)} {t('administration.audit.verify.whatNow')}
      </Banner>
    )
  }
  const { events, checkpoints, beginsAfter, signedUpTo, missingGuards } = verdict
  return (
    <Banner tone={missingGuards.length === 0 ? 'good' : 'warn'} title={t('administration.audit.verify.whole', { count: events })}>
      <p>{t('administration.audit.verify.signed', { count: checkpoints, seq: signedUpTo })}</p>
      {beginsAfter > 0 && <p>{t('administration.audit.verify.begins', { seq: beginsAfter })}</p>}
      {missingGuards.length > 0 && <p>{t('administration.audit.verify.unguarded', { names: missingGuards.join(', ') })}</p>}
      {keep !== null && (
        <>
          <p>{t('administration.audit.verify.keep')}</p>
          <bdi className="block font-mono text-sm break-all">{keep}</bdi>
        </>
      )}
    </Banner>
  )
}
