import { beforeEach, expect, test } from 'vitest'
import { tabletKeyContext } from '#domain/accounts/tabletKey.ts'
import { openBox, type SealingKey, toBase64Url } from '#domain/sealedBox.ts'
import { createEscrow } from './escrow.ts'

const RAW = new Uint8Array(32).fill(9)
let sealing: SealingKey
let opening: CryptoKey
let stored: Map<string, string>
let sent: Record<string, string>[]
let answer: () => Response | null

beforeEach(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  sealing = { kid: 'k1', raw: toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) }
  opening = pair.privateKey
  stored = new Map()
  sent = []
  answer = () => Response.json({})
})

const escrow = () =>
  createEscrow({
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    post: async (body) => {
      sent.push(body)
      return answer() ?? Promise.reject(new TypeError('offline'))
    },
    newId: () => 'key-1',
  })

test('K3: the key waits on the device in a box that the server alone opens, until the server has it', async () => {
  await escrow().putAside('amina', RAW, sealing)
  expect([...stored.values()].join()).not.toContain(toBase64Url(RAW))
  answer = () => null
  expect(await escrow().bringUp('amina', 'device-1')).toBe(false)
  answer = () => Response.json({ code: 'unavailable' }, { status: 503 })
  expect(await escrow().bringUp('amina', 'device-1')).toBe(false)
  answer = () => Response.json({})
  expect(await escrow().bringUp('amina', 'device-1')).toBe(true)
  expect(await openBox(opening, sent.at(-1)?.box ?? '', tabletKeyContext('amina', 'key-1'))).toBe(toBase64Url(RAW))
  const asked = sent.length
  expect(await escrow().bringUp('amina', 'device-1')).toBe(true)
  expect(sent.length).toBe(asked)
})

test('K3: what the server says of a key is told apart: no network, sign in again, none, and the key', async () => {
  expect(await escrow().askBack('amina')).toEqual({ kind: 'none' })
  await escrow().putAside('amina', RAW, sealing)
  const told: [() => Response | null, object][] = [
    [() => null, { kind: 'offline' }],
    [() => new Response('', { status: 503 }), { kind: 'offline' }],
    [() => Response.json({ code: 'expired' }, { status: 403 }), { kind: 'sign-in' }],
    [() => Response.json({ code: 'not-found' }, { status: 404 }), { kind: 'none' }],
    [() => Response.json({ key: 'AAAA' }), { kind: 'none' }],
    [() => Response.json({ key: toBase64Url(RAW) }), { kind: 'key', raw: RAW }],
  ]
  for (const [says, expected] of told) {
    answer = says
    expect(await escrow().askBack('amina')).toEqual(expected)
  }
  escrow().forget('amina')
  expect(stored.size).toBe(0)
})
