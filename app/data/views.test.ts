import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { View } from '#domain/audit/seen.ts'
import { type Databases, openDatabases } from './databases.ts'
import { openTestTablet, ScriptedServer, testStorage } from './tablet.fixture.ts'
import type { Tablet } from './tablet.ts'
import { Views } from './views.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
let opened = 0
let ids = 0

function newId(): string {
  ids += 1
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
}

describe('what a tablet remembers of whom was looked at', () => {
  let databases: Databases
  let views: Views
  const seen = () => views.unsent().map(({ clientId, at }) => [clientId, at])

  beforeEach(async () => {
    opened += 1
    databases = await openDatabases({ storage: testStorage, name: `views-alone-${opened}`, multiInstance: false })
    views = await Views.open(databases.outbox.views, newId, 200)
  })
  afterEach(() => databases.close())

  test('the same client within ten minutes counts once, and again after it, also when the clock was set back', async () => {
    await views.note('a', 100 * MINUTE_MS)
    await views.note('a', 109 * MINUTE_MS)
    await views.note('b', 109 * MINUTE_MS)
    await views.note('a', 110 * MINUTE_MS)
    await views.note('a', 5 * MINUTE_MS)
    expect(seen()).toEqual([
      ['a', 5 * MINUTE_MS],
      ['a', 100 * MINUTE_MS],
      ['b', 109 * MINUTE_MS],
      ['a', 110 * MINUTE_MS],
    ])
  })

  test('is there after a restart, and the id of its row says nothing of the client', async () => {
    await views.note('7K2M9QXA41RTC', 1)
    const again = await Views.open(databases.outbox.views, newId)
    expect(again.unsent()).toEqual(views.unsent())
    expect(views.unsent()[0]?.id).not.toContain('7K2M')
    await again.forget(again.unsent())
    expect((await Views.open(databases.outbox.views, newId)).unsent()).toEqual([])
  })

  test('what the server had before it was on the disk is not told again', async () => {
    const noted = views.note('a', 1)
    await views.forget(views.unsent())
    await noted
    expect(views.unsent()).toEqual([])
    expect((await Views.open(databases.outbox.views, newId)).unsent()).toEqual([])
  })

  test('of very many the first look at each client of a day stays', async () => {
    for (let index = 0; index < 200; index += 1) await views.note(index % 2 === 0 ? 'a' : 'b', index * 20 * MINUTE_MS)
    const days = Math.ceil((200 * 20 * MINUTE_MS) / DAY_MS)
    expect(views.unsent().length).toBe(2 * days)
    expect(seen().slice(0, 4)).toEqual([
      ['a', 0],
      ['b', 20 * MINUTE_MS],
      ['a', DAY_MS],
      ['b', DAY_MS + 20 * MINUTE_MS],
    ])
    expect((await Views.open(databases.outbox.views, newId)).unsent()).toEqual(views.unsent())
  })
})

describe('what the server hears of it', () => {
  let server: ScriptedServer
  let tablet: Tablet
  let told: View[]

  beforeEach(() => {
    server = new ScriptedServer()
    told = []
    server.script = (event, body) => {
      if (event === 'views') told.push(...(body as { views: View[] }).views)
      return null
    }
  })
  afterEach(() => tablet.close())

  async function open(name: string, now = () => 1_000) {
    tablet = await openTestTablet(server, `views-${name}`, new Set(), { newId, now })
  }
  const clients = () => told.map(({ clientId }) => clientId)

  test('what was seen offline arrives with its time when the tablet is back, once', async () => {
    let now = 5_000
    await open('offline', () => now)
    tablet.noteView('a')
    now += DAY_MS
    tablet.noteView('b')
    server.connect()
    await vi.waitFor(() =>
      expect(told.map(({ clientId, at }) => [clientId, at])).toEqual([
        ['a', 5_000],
        ['b', 5_000 + DAY_MS],
      ]),
    )
    server.disconnect()
    server.connect()
    tablet.noteView('c')
    await vi.waitFor(() => expect(clients()).toEqual(['a', 'b', 'c']))
  })

  test('a lost answer is repeated under the same ids', async () => {
    await open('lost')
    let lost = 0
    const script = server.script
    server.script = (event, body) => {
      void script(event, body)
      if (event !== 'views' || lost > 0) return null
      lost += 1
      return Promise.reject(new Error('timeout'))
    }
    tablet.noteView('a')
    server.connect()
    await vi.waitFor(() => expect(clients()).toEqual(['a', 'a']))
    expect(told[0]).toEqual(told[1])
  })

  test('one that the server cannot read keeps none of the others back', async () => {
    await open('narrow')
    const script = server.script
    server.script = (event, body) => {
      const { views = [] } = body as { views?: View[] }
      if (event === 'views' && views.some(({ clientId }) => clientId === 'bad')) return Promise.resolve({ ok: false, problem: 'invalid' })
      return script(event, body)
    }
    for (const id of ['a', 'bad', 'b']) tablet.noteView(id)
    server.connect()
    await vi.waitFor(() => expect(clients()).toEqual(['a', 'b']))
    tablet.noteView('c')
    await vi.waitFor(() => expect(clients()).toEqual(['a', 'b', 'c']))
  })

  test('W1: a revoked device hands them in before it wipes itself, and one of a server that will not have them is wiped all the same', async () => {
    for (const [name, refuse] of [
      ['taken', false],
      ['refused', true],
    ] as const) {
      server = new ScriptedServer()
      server.welcome = { verdict: 'wipe' }
      const order: string[] = []
      server.script = (event) => {
        order.push(event)
        return event === 'views' && refuse ? Promise.resolve({ ok: false, problem: 'not-found' }) : null
      }
      await open(`wipe-${name}`)
      tablet.noteView('a')
      server.connect()
      await vi.waitFor(() => expect(order).toEqual(['hello', 'views', 'wiped']))
      if (!refuse) await tablet.close()
    }
  })
})
