import { type CollectionName, collections, EVERYWHERE } from '../collections.ts'

/** The rooms of an account whose tablets hold records of the collection: '*' is everybody's, the others are facilities. */
export function roomsOf(name: CollectionName, rooms: readonly string[]): string[] {
  if (!('facilityId' in collections[name].fields.shape)) return [EVERYWHERE]
  // Questions about programs are everybody's; a client always lives in a facility.
  return name === 'issues' ? [...new Set([EVERYWHERE, ...rooms])] : [...new Set(rooms)].filter((room) => room !== EVERYWHERE)
}
