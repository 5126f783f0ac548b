import { useTranslation } from 'react-i18next'
import type { Mistakes } from '#app/language/mistakes.ts'
import { Card } from '#app/ui/Card.tsx'
import type { Country } from './countries.ts'
import { FacilityForm } from './FacilityForm.tsx'
import type { TypedFacility } from './facilityEntry.ts'

export interface FacilityListProps {
  facilities: readonly { id: string; name: string; code: string | null; country: string | null }[]
  countries: readonly Country[]
  /** The form that was refused, if one was. */
  refused: { typed: TypedFacility; mistakes: Mistakes } | null
}

/** Each form is behind its own `details`, which opens without a script. */
export function FacilityList({ facilities, refused, countries }: FacilityListProps) {
  const { t } = useTranslation()
  const refusedHere = (id: string) => (refused?.typed.id === id ? refused : null)
  return (
    <ul className="flex flex-col gap-3">
      {facilities.map(({ id, name, code, country }) => (
        <li key={id}>
          <Card>
            <p className="text-lg font-semibold">{name}</p>
            {code !== null && <p className="font-mono text-ink-soft">{code}</p>}
            <details open={refusedHere(id) !== null}>
              <summary
                className="min-h-12 cursor-pointer py-3 font-semibold text-primary"
                aria-label={t('administration.facilities.renameOf', { name })}
              >
                {t('administration.facilities.rename')}
              </summary>
              <FacilityForm
                key={`${name}/${code}/${country}`}
                countries={countries}
                typed={refusedHere(id)?.typed ?? { id, name, code: code ?? '', country: country ?? '' }}
                mistakes={refusedHere(id)?.mistakes}
              />
            </details>
          </Card>
        </li>
      ))}
    </ul>
  )
}
