import { useTranslation } from 'react-i18next'
import type { Mistakes } from '#app/language/mistakes.ts'
import { Card } from '#app/ui/Card.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { FactorForm } from './FactorForm.tsx'
import { FactorSetUp } from './FactorSetUp.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

export interface SecondFactorProps {
  state: { on: boolean; recoveryCodesLeft: number }
  /** While it is set up. */
  begun: { secret: string; uri: string } | null
  /** Just made. */
  codes: readonly string[] | null
  mistakes: Mistakes | undefined
  wait: number | undefined
}

export function SecondFactor({ state, begun, codes, mistakes, wait }: SecondFactorProps) {
  const { t } = useTranslation()
  return (
    <Card className="flex max-w-2xl flex-col gap-5">
      <h2 className="text-xl font-bold">{t('accounts.factor.title')}</h2>
      <StatusMark tone={state.on ? 'good' : 'calm'}>{t(state.on ? 'accounts.factor.on' : 'accounts.factor.off')}</StatusMark>
      {codes !== null && <RecoveryCodes codes={codes} />}
      {state.on && codes === null && <p>{t('accounts.factor.left', { count: state.recoveryCodesLeft })}</p>}
      {begun !== null && !state.on ? (
        <FactorSetUp begun={begun} mistakes={mistakes} wait={wait} />
      ) : (
        <FactorForm on={state.on} mistakes={mistakes} wait={wait} />
      )}
    </Card>
  )
}
