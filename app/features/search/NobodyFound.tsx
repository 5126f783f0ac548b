import { UserSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { RegisterTyped } from './RegisterTyped.tsx'

export interface NobodyFoundProps {
  typed: string
  isWhole: boolean
  /** Looks among everybody; when only some were looked at. */
  onClearFilters: (() => void) | undefined
}

export function NobodyFound({ typed, isWhole, onClearFilters }: NobodyFoundProps) {
  const { t } = useTranslation()
  const actions = (
    <div className="flex flex-wrap justify-center gap-3">
      {onClearFilters && <Button onPress={onClearFilters}>{t('home.filters.clear')}</Button>}
      {typed !== '' && <RegisterTyped typed={typed} {...(onClearFilters && { kind: 'secondary' })} />}
    </div>
  )
  return (
    <EmptyState title={typed === '' ? t('home.filters.nobody') : t('home.nothing', { typed })} Icon={UserSearch} action={actions}>
      {t(hintOf(isWhole, onClearFilters !== undefined))}
    </EmptyState>
  )
}

function hintOf(isWhole: boolean, isNarrowed: boolean) {
  if (!isWhole) return 'home.stillArriving'
  return isNarrowed ? 'home.filters.nobodyHint' : 'home.nothingHint'
}
