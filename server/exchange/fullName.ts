import { tidy } from './values.ts'

export interface NameParts {
  givenName?: string
  middleName?: string
  familyName?: string
}

/** A name in one piece: the first word is given, the last is the family's, those between are the middle. */
export function splitName(name: string): NameParts {
  const [givenName = '', ...others] = tidy(name).split(' ')
  if (others.length === 0) return { givenName }
  const familyName = others.at(-1) ?? ''
  const middleName = others.slice(0, -1).join(' ')
  return { givenName, familyName, ...(middleName === '' ? {} : { middleName }) }
}
