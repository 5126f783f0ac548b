import { beforeEach, expect, test } from 'vitest'
import { type Held, HeldKey, type KeyWorker, type TabMessage } from './heldKey.ts'

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
const amina: Held = { accountId: 'amina', key, pin: null }
const bytes = new Uint8Array(1)
const pin = { wrapped: { salt: bytes, iterations: 1, iv: bytes, sealed: bytes }, wrongTries: 0 }

let tabs: ((message: TabMessage) => void)[]
let inWorker: Held | null
let startedOver: string[]
const worker: KeyWorker = {
  hold: (held) => {
    inWorker = held
  },
  drop: () => {
    inWorker = null
  },
  ask: async () => inWorker,
}

beforeEach(() => {
  tabs = []
  inWorker = null
  startedOver = []
})

function page(name: string): HeldKey {
  let own: (message: TabMessage) => void = () => undefined
  return new HeldKey({
    worker,
    channel: {
      post: (message) => {
        for (const tab of tabs) if (tab !== own) tab(message)
      },
      onMessage: (listener) => {
        own = listener
        tabs.push(listener)
      },
    },
    startOver: () => startedOver.push(name),
    onActive: () => undefined,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
}

test('a cold start finds no key', async () => {
  expect(await page('first').find()).toBeNull()
})

test('a page that is loaded again gets the key from the worker', async () => {
  page('before').hold(amina)
  tabs = []
  expect(await page('after').find()).toBe(amina)
})

test('a second page gets it from the first when the worker has ended', async () => {
  page('first').hold(amina)
  inWorker = null
  expect(await page('second').find()).toBe(amina)
})

test('locking drops it from the worker and from every page, and each starts over', async () => {
  const [first, second] = [page('first'), page('second')]
  first.hold(amina)
  await second.find()
  startedOver = []
  second.lock()
  expect([first.held, second.held, inWorker]).toEqual([null, null, null])
  expect(startedOver.sort()).toEqual(['first', 'second'])
  expect(await page('third').find()).toBeNull()
})

test('with a PIN the wrapped key stays in memory, and the key does not', async () => {
  const [first, second] = [page('first'), page('second')]
  first.hold({ ...amina, pin })
  await second.find()
  first.lock()
  expect(inWorker).toEqual({ accountId: 'amina', key: null, pin })
  expect(second.held).toEqual({ accountId: 'amina', key: null, pin })
})

test('when somebody else unlocks the tablet, pages of the one before start over', () => {
  const [first, second] = [page('first'), page('second')]
  first.hold(amina)
  startedOver = []
  second.hold({ ...amina, accountId: 'joseph' })
  expect(startedOver).toEqual(['first'])
  expect(first.held).toBeNull()
})
