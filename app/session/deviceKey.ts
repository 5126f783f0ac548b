import { writtenDrafts } from '#app/data/drafts.ts'
import { isFieldPage } from '#domain/fieldPages.ts'
import { HELD_KEY, type HeldKeyMessage } from '#domain/heldKey.ts'
import { isTabletOpen } from './currentTablet.ts'
import { type Held, HeldKey, type KeyChannel, type KeyWorker } from './heldKey.ts'
import { type IdleWatch, watchIdle } from './idle.ts'
import { settings } from './settings.ts'

const WORKER_ANSWERS_MS = 2_000
let device: HeldKey | null = null

/** The held key of this browser. Made when a field page first asks: on the server there is none. */
export function deviceKey(): HeldKey {
  device ??= start()
  return device
}

function start(): HeldKey {
  let idle: IdleWatch | null = null
  const own = new HeldKey({
    channel: browserChannel(),
    worker: browserWorker(),
    // Only a page that has clients in its memory, or could: what somebody types on another one stays.
    startOver: () => (isFieldPage(location.pathname) || isTabletOpen() ? location.reload() : undefined),
    onActive: () => idle?.touch(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  idle = watchIdle({
    idleMs: () => settings().lockAfterMinutes * 60_000,
    onIdle: () => {
      if (own.held?.key) void lockTablet()
    },
    onActive: () => own.active(),
  })
  window.addEventListener('pagehide', () => own.pass())
  return own
}

/** Locks this tablet in all its pages. A PIN that was chosen opens it while the app runs. */
export async function lockTablet(): Promise<void> {
  // What was typed last is to be on the disk before the key goes.
  await writtenDrafts().catch(() => undefined)
  deviceKey().lock()
}

function browserChannel(): KeyChannel {
  const channel = new BroadcastChannel('hims.keys')
  return {
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.onmessage = ({ data }) => listener(data)
    },
  }
}

function browserWorker(): KeyWorker {
  let registered: ServiceWorkerRegistration | null = null
  const ready = navigator.serviceWorker?.ready.then((registration) => {
    registered = registration
  })
  const send = (message: HeldKeyMessage<Held>) => {
    // At once when it is there: a page that goes has no time to wait.
    if (registered !== null) registered.active?.postMessage(message)
    else void ready?.then(() => registered?.active?.postMessage(message))
  }
  return {
    hold: (held) => send({ kind: HELD_KEY.hold, held }),
    drop: () => send({ kind: HELD_KEY.drop }),
    ask: async () => {
      const worker = (await navigator.serviceWorker?.getRegistration().catch(() => undefined))?.active
      return worker ? answerOf(worker) : null
    },
  }
}

function answerOf(worker: ServiceWorker): Promise<Held | null> {
  const { port1, port2 } = new MessageChannel()
  worker.postMessage({ kind: HELD_KEY.ask } satisfies HeldKeyMessage<Held>, [port2])
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
    setTimeout(() => resolve(null), WORKER_ANSWERS_MS)
  })
}
