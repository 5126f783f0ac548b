import { z } from 'zod'
import { ageInYears } from '#domain/calendar.ts'
import type { ClientFields } from '#domain/clients/client.ts'

const text = z.string().default('')

/** The form as it stands, all of it text: what is kept as a draft. */
export const typedClient = z.object({
  givenName: text,
  middleName: text,
  familyName: text,
  sex: text,
  /** Which of the two the person gives. */
  birth: z.enum(['date', 'age']).default('date'),
  birthDay: text,
  birthMonth: text,
  birthYear: text,
  age: text,
  phone: text,
  email: text,
  address: text,
  nationalId: text,
  notes: text,
  shareWithPartners: z.enum(['yes', 'no']).default('yes'),
  facilityId: text,
})
export type TypedClient = z.infer<typeof typedClient>

export const emptyClient: TypedClient = typedClient.parse({})

/** A record as the form shows it. An estimated birth date is an age again, as of `today`. */
export function typedFrom(client: ClientFields, today: string): TypedClient {
  return {
    givenName: client.givenName ?? '',
    middleName: client.middleName ?? '',
    familyName: client.familyName ?? '',
    sex: client.sex,
    ...typedBirth(client, today),
    phone: client.phone ?? '',
    email: client.email ?? '',
    address: client.address ?? '',
    nationalId: client.nationalId ?? '',
    notes: client.notes ?? '',
    shareWithPartners: client.shareWithPartners ? 'yes' : 'no',
    facilityId: client.facilityId,
  }
}

function typedBirth({ bornOn, bornOnEstimated }: ClientFields, today: string) {
  const { birth, birthDay, birthMonth, birthYear, age } = emptyClient
  if (bornOn === null) return { birth, birthDay, birthMonth, birthYear, age }
  if (bornOnEstimated) return { birth: 'age' as const, birthDay, birthMonth, birthYear, age: String(ageInYears(bornOn, today)) }
  const [year = '', month = '', day = ''] = bornOn.split('-')
  return { birth, birthDay: String(Number(day)), birthMonth: String(Number(month)), birthYear: year, age }
}
