import type { PresenceEvent } from '#domain/sync/protocol.ts'

export type Person = PresenceEvent['people'][number]

/** A person with two tabs or two devices is one person; the one who types counts before the one who reads. */
export function withoutRepeats(people: readonly Person[]): Person[] {
  const byAccount = new Map<string, Person>()
  for (const person of people) {
    if (person.field !== null || !byAccount.has(person.account)) byAccount.set(person.account, person)
  }
  return [...byAccount.values()].sort((one, other) => one.name.localeCompare(other.name))
}

/** Who is typing in one of these fields. */
export function typingIn(people: readonly Person[], fields: readonly string[]): Person[] {
  return people.filter(({ field }) => field !== null && fields.includes(field))
}
