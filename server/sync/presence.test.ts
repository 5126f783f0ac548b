import { beforeEach, describe, expect, test } from 'vitest'
import { PRESENCE_LASTS_MS, type PresenceEvent } from '#domain/sync/protocol.ts'
import { createPresence, type Presence, type Viewer } from './presence.ts'

let now: number
let presence: Presence
let amina: Tester
let juma: Tester

interface Tester extends Viewer {
  heard: string[]
}

beforeEach(() => {
  now = 1_000
  presence = createPresence(() => now)
  amina = tester('amina')
  juma = tester('juma')
})

function tester(name: string, deviceId = `device-${name}`): Tester {
  const heard: string[] = []
  const tell = (_event: string, { recordId, people }: PresenceEvent) =>
    void heard.push(`${recordId}: ${people.map((one) => `${one.name}${one.field === null ? '' : ` in ${one.field}`}`).join(', ')}`)
  return { account: name, name, deviceId, tell, heard }
}

const yes = async () => true
const open = (recordId: string, field: string | null = null) => ({ collection: 'clients' as const, recordId, field })

describe('on two nodes', () => {
  let there: Presence
  beforeEach(() => {
    // Each hears the other, as through a database.
    presence = createPresence(
      () => now,
      (shared) => there.hear(JSON.parse(JSON.stringify(shared))),
    )
    there = createPresence(
      () => now,
      (shared) => presence.hear(JSON.parse(JSON.stringify(shared))),
    )
  })
  test('L1: people of both see each other, with the field, until they leave', async () => {
    await presence.say(amina, open('A'), yes)
    await there.say(juma, open('A', 'phone'), yes)
    expect(juma.heard).toEqual(['A: amina'])
    expect(amina.heard).toEqual(['A: ', 'A: juma in phone'])
    await there.say(juma, open('A', 'notes'), yes)
    expect(amina.heard.at(-1)).toBe('A: juma in notes')
    await there.say(juma, open('B'), yes)
    expect(amina.heard.at(-1)).toBe('A: ')
    await there.say(juma, open('A'), yes)
    there.leave(juma)
    expect(amina.heard.slice(-2)).toEqual(['A: juma', 'A: '])
  })
  test('L1: whose node dies is gone as soon, and stays while it is said again', async () => {
    await presence.say(amina, open('A'), yes)
    await there.say(juma, open('A'), yes)
    now += PRESENCE_LASTS_MS
    await there.say(juma, open('A'), yes)
    await presence.say(amina, open('A'), yes)
    presence.sweep()
    expect(amina.heard.at(-1)).toBe('A: juma')
    now += PRESENCE_LASTS_MS + 1
    await presence.say(amina, open('A'), yes)
    presence.sweep()
    expect(amina.heard.at(-1)).toBe('A: ')
  })
  test('L1: who may not open a record is shown on neither', async () => {
    await presence.say(amina, open('A'), yes)
    await there.say(juma, open('A'), async () => false)
    expect(amina.heard).toEqual(['A: '])
  })
})

describe('who has a record open', () => {
  test('L1: is shown to the others who have, with the field being typed in, and never to oneself', async () => {
    await presence.say(amina, open('A'), yes)
    await presence.say(juma, open('A', 'phone'), yes)
    await presence.say(juma, open('A', 'notes'), yes)
    expect(amina.heard).toEqual(['A: ', 'A: juma in phone', 'A: juma in notes'])
    expect(juma.heard).toEqual(['A: amina', 'A: amina'])
  })
  test('L1: who says the same again is not announced again', async () => {
    await presence.say(amina, open('A'), yes)
    await presence.say(juma, open('A'), yes)
    await presence.say(juma, open('A'), yes)
    expect(amina.heard).toEqual(['A: ', 'A: juma'])
  })
  test('L1: leaves with the connection, and by opening another record or none', async () => {
    for (const leave of [() => presence.leave(juma), () => presence.say(juma, null, yes), () => presence.say(juma, open('B'), yes)]) {
      await presence.say(amina, open('A'), yes)
      await presence.say(juma, open('A'), yes)
      await leave()
      expect(amina.heard.at(-1)).toBe('A: ')
      presence.leave(juma)
    }
  })
  test('L1: is gone soon after the last word, and stays while it is said again', async () => {
    await presence.say(amina, open('A'), yes)
    await presence.say(juma, open('A'), yes)
    now += PRESENCE_LASTS_MS
    await presence.say(amina, open('A'), yes)
    presence.sweep()
    expect(amina.heard.at(-1)).toBe('A: juma')
    now += 1
    presence.sweep()
    expect(amina.heard.at(-1)).toBe('A: ')
    expect(PRESENCE_LASTS_MS).toBeLessThan(9_000)
  })
  test('L1: a record of a facility of others cannot be watched; it is looked up once', async () => {
    let asked = 0
    const mayOpen = async ({ recordId }: { recordId: string }) => {
      asked += 1
      return recordId !== 'foreign'
    }
    await presence.say(amina, open('foreign'), yes)
    await presence.say(juma, open('foreign'), mayOpen)
    expect([amina.heard, juma.heard]).toEqual([['foreign: '], []])
    for (let again = 0; again < 5; again += 1) await presence.say(juma, open('A'), mayOpen)
    expect(asked).toBe(2)
  })
  test('L1: a second tab of the same tablet is nobody else', async () => {
    const tab = tester('amina')
    await presence.say(amina, open('A'), yes)
    await presence.say(tab, open('A'), yes)
    expect(tab.heard).toEqual(['A: '])
  })
})
