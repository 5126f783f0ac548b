import { compareNames } from '#domain/clients/nameLikeness.ts'
import type { Fields } from '#domain/scalars.ts'
import type { ImportedFields } from './person.ts'

/**
 * Two systems may both have a patient 12. A row with a known identifier but another name and another birth date is not
 * taken for a correction: it would write one person over another.
 */
export function isSomebodyElse(known: Fields, imported: ImportedFields): boolean {
  const names = compareNames(namesOf(known), namesOf(imported as Fields))
  const otherName = names.given === 'different' && (names.family === 'different' || names.family === 'unknown')
  const differs = (name: 'bornOn' | 'nationalId') => Boolean(known[name] && imported[name] && known[name] !== imported[name])
  const sameBirth = Boolean(known.bornOn && known.bornOn === imported.bornOn)
  return otherName && !sameBirth && (differs('bornOn') || differs('nationalId'))
}

function namesOf({ givenName, middleName, familyName }: Fields) {
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return { givenName: text(givenName), middleName: text(middleName), familyName: text(familyName) }
}
