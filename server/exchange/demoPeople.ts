import { addDays } from '#domain/calendar.ts'
import type { ClientFields } from '#domain/clients/client.ts'
import { DEMO_NAMES, DEMO_PLACES } from './demoNames.ts'
import type { Chance } from './seeded.ts'

/** @param today 'YYYY-MM-DD' of the registration */
export function demoPerson(chance: Chance, facilityId: string, today: string): ClientFields {
  const sex = chance.happens(0.57) ? 'female' : 'male'
  const givenName = chance.pick(DEMO_NAMES[sex])
  const familyName = chance.pick(DEMO_NAMES.family)
  const ageDays = ageInDays(chance)
  return {
    givenName,
    middleName: chance.happens(0.35) ? chance.pick(DEMO_NAMES.male) : null,
    familyName,
    sex,
    bornOn: chance.happens(0.03) ? null : addDays(today, -ageDays),
    bornOnEstimated: false,
    phone: chance.happens(0.7) ? fictionalPhone(chance) : null,
    email: chance.happens(0.15) ? `${givenName}.${familyName}${chance.digits(2)}@example.org`.toLowerCase() : null,
    address: chance.happens(0.85) ? `Plot ${chance.between(1, 400)}, ${chance.pick(DEMO_PLACES)}` : null,
    nationalId: ageDays > 18 * 366 && chance.happens(0.55) ? `00${chance.digits(6)}` : null,
    notes: null,
    facilityId,
    shareWithPartners: true,
    mergedInto: null,
    sharedWith: null,
    sharedFor: null,
  }
}

/** One in five knows only about how old they are. */
export function withEstimate(person: ClientFields, chance: Chance): ClientFields {
  return person.bornOn !== null && chance.happens(0.2)
    ? { ...person, bornOn: `${person.bornOn.slice(0, 4)}-07-01`, bornOnEstimated: true }
    : person
}

/** No number in the world starts with a zero after its country's code. */
function fictionalPhone(chance: Chance): string {
  return `${chance.pick(['+254', '+255'])} 0${chance.digits(2)} ${chance.digits(3)} ${chance.digits(3)}`
}

/** Many children and young adults, few above 70. */
function ageInDays(chance: Chance): number {
  const years = chance.happens(0.25) ? chance.next() * 12 : 15 + chance.next() * chance.next() * 70
  return 60 + Math.floor(years * 365.25)
}
