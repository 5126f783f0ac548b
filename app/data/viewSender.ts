import type { View } from '#domain/audit/seen.ts'
import { VIEWS_AT_ONCE, type ViewsRequest } from '#domain/sync/asking.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import type { DeviceNotes } from './device.ts'
import { answered, Refused, StorageFailure } from './problems.ts'
import { type Patience, untilNextTry } from './retry.ts'
import type { Transport } from './transport.ts'
import type { Views } from './views.ts'

/** Several clients that are opened one after the other go up together, and changes go first. */
const GATHER_MS = 1_000

export interface ViewSenderOptions {
  views: Views
  device: DeviceNotes
  transport: Transport
  patience: Patience
  wait: (ms: number) => Promise<void>
}

/** Tells the server who was looked at, as long as there is a connection. Nobody waits for it, and nothing says that it failed. */
export class ViewSender {
  #online = false
  #running = false
  #stopped = false
  readonly #stopListening: () => void

  constructor(readonly options: ViewSenderOptions) {
    this.#stopListening = options.views.onAdded(() => this.#trigger())
  }

  setOnline(): void {
    this.#online = true
    this.#trigger()
  }

  setOffline(): void {
    this.#online = false
  }

  stop(): void {
    this.#stopped = true
    this.#stopListening()
  }

  #trigger(): void {
    if (this.#online && !this.#running && !this.#stopped) void this.#run()
  }

  async #run(): Promise<void> {
    const { views, wait, patience } = this.options
    this.#running = true
    for (let failures = 0; this.#mayGoOn && views.unsent().length > 0; ) {
      await wait(failures === 0 ? GATHER_MS : untilNextTry(failures, patience))
      if (!this.#mayGoOn) break
      const [sent, error] = await sendViews(this.options).then(
        () => [true, null] as const,
        (cause: unknown) => [false, cause] as const,
      )
      // A server of before this event: it is asked again after the next greeting.
      if (error instanceof Refused && error.answer.problem === 'not-found') this.#online = false
      failures = sent ? 0 : failures + 1
    }
    this.#running = false
  }

  get #mayGoOn(): boolean {
    return this.#online && !this.#stopped
  }
}

/** All that is unsent, also before a wipe. Throws what the server or this device had against it. */
export async function sendViews({ views, device, transport }: Pick<ViewSenderOptions, 'views' | 'device' | 'transport'>): Promise<void> {
  for (let some = views.unsent().slice(0, VIEWS_AT_ONCE); some.length > 0; some = views.unsent().slice(0, VIEWS_AT_ONCE)) {
    await send(some, device, transport)
    await views.forget(some).catch((error) => {
      // It would be sent again at the next start, and the server knows it.
      if (!(error instanceof StorageFailure)) throw error
    })
  }
}

/** What the server cannot read is sent one by one, and given up when it stands alone. */
async function send(views: readonly View[], device: DeviceNotes, transport: Transport): Promise<void> {
  const { deviceId } = device.read('device')
  try {
    const request: ViewsRequest = { deviceId, views: [...views] }
    answered(await transport.request(EVENTS.views, request))
  } catch (error) {
    if (!(error instanceof Refused) || error.answer.problem !== 'invalid') throw error
    if (views.length > 1) for (const one of views) await send([one], device, transport)
  }
}

/** Before a wipe: a server that will not have them keeps no tablet from being wiped. */
export async function handInViews(options: Pick<ViewSenderOptions, 'views' | 'device' | 'transport'>): Promise<void> {
  await sendViews(options).catch((error) => {
    if (!(error instanceof Refused) || !GIVEN_UP.includes(error.answer.problem)) throw error
  })
}

const GIVEN_UP = ['not-found', 'not-permitted']
