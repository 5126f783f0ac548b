import type { CollectionName } from '#domain/collections.ts'
import {
  type HistoryAnswer,
  historyAnswer,
  type JoinRequest,
  type LookupRequest,
  lookupAnswer,
  type PartRequest,
  type RemovedAnswer,
  removedAnswer,
  type SeenAnswer,
  type ShareRequest,
  seenAnswer,
  type UnshareRequest,
} from '#domain/sync/asking.ts'
import { type Answer, EVENTS, PRESENCE_AGAIN_MS, type PresenceEvent, type PresenceRequest } from '#domain/sync/protocol.ts'
import type { StateChannel } from './stateChannel.ts'
import type { Joining, LookedUp, Presence } from './tablet.ts'
import type { Transport } from './transport.ts'

export interface LiveOptions {
  channel: StateChannel
  wait: (ms: number) => Promise<void>
  visible: () => boolean
  online: () => boolean
}

type Listener = (presence: PresenceEvent) => void

/** What is asked and told only while there is a connection, by any tab: history, who was removed, and who has a record open. */
export class Live {
  readonly #listeners = new Set<Listener>()
  #transport: Transport | null = null

  constructor(readonly options: LiveOptions) {
    options.channel.onPresence((presence) => this.#hear(presence))
  }

  /** This tab talks to the server from now on, for the others too; `null` when it no longer does. */
  lead(transport: Transport | null): void {
    this.#transport = transport
    this.options.channel.onAsk(transport === null ? null : (event, body) => this.#askServer(event, body))
    transport?.onPresence((presence) => {
      this.#hear(presence)
      this.options.channel.postPresence(presence)
    })
  }

  async history(collection: CollectionName, recordId: string, before: number | null): Promise<HistoryAnswer | null> {
    const answer = await this.#ask(EVENTS.history, { collection, recordId, before })
    return answer?.ok ? historyAnswer.parse(answer) : null
  }

  async removed(before: number | null): Promise<RemovedAnswer | null> {
    const answer = await this.#ask(EVENTS.removed, { before })
    return answer?.ok ? removedAnswer.parse(answer) : null
  }

  async seen(clientId: string, before: number | null): Promise<SeenAnswer | null> {
    const answer = await this.#ask(EVENTS.seen, { clientId, before })
    return answer?.ok ? seenAnswer.parse(answer) : null
  }

  /** Two clients become one, by the server; said again it is nothing. */
  async join(request: JoinRequest): Promise<Joining> {
    return joiningOf(await this.#ask(EVENTS.join, request))
  }

  /** The other way. */
  async part(request: PartRequest): Promise<Joining> {
    return joiningOf(await this.#ask(EVENTS.part, request))
  }

  /** Somebody of another facility, by an exact number or id. */
  async lookup(request: LookupRequest): Promise<LookedUp> {
    const answer = await this.#ask(EVENTS.lookup, request)
    if (answer?.ok) return lookupAnswer.parse(answer).found
    return answer?.problem === 'too-many' ? 'too-many' : 'unreachable'
  }

  async share(request: ShareRequest): Promise<Joining> {
    return joiningOf(await this.#ask(EVENTS.share, request))
  }

  async unshare(request: UnshareRequest): Promise<Joining> {
    return joiningOf(await this.#ask(EVENTS.unshare, request))
  }

  /** Says again and again that the record is open; others forget who stops saying so (rule L1). */
  watch(collection: CollectionName, recordId: string, onPeople: (people: PresenceEvent['people']) => void): Presence {
    let field: string | null = null
    let left = false
    const say = (open: PresenceRequest['open']) => {
      if (this.options.visible() && this.options.online()) void this.#ask(EVENTS.presence, { open } satisfies PresenceRequest)
      if (!this.options.online()) onPeople([])
    }
    const listener: Listener = (presence) => {
      if (presence.collection === collection && presence.recordId === recordId) onPeople(presence.people)
    }
    const sayAgain = async () => {
      for (; !left; await this.options.wait(PRESENCE_AGAIN_MS)) say({ collection, recordId, field })
    }
    this.#listeners.add(listener)
    void sayAgain()
    return {
      typing: (next) => {
        if (next === field || left) return
        field = next
        say({ collection, recordId, field })
      },
      leave: () => {
        left = true
        this.#listeners.delete(listener)
        say(null)
      },
    }
  }

  #hear(presence: PresenceEvent): void {
    for (const listener of this.#listeners) listener(presence)
  }

  #ask(event: string, body: unknown): Promise<Answer<object> | null> {
    return this.#transport === null ? this.options.channel.ask(event, body) : this.#askServer(event, body)
  }

  async #askServer(event: string, body: unknown): Promise<Answer<object> | null> {
    if (this.#transport === null || !this.options.online()) return null
    return this.#transport.request<object>(event, body).catch(() => null)
  }
}

function joiningOf(answer: Answer<object> | null): Joining {
  if (answer === null) return 'unreachable'
  if (answer.ok) return 'done'
  if (answer.problem === 'not-permitted') return 'not-permitted'
  return ['not-found', 'invalid', 'too-large'].includes(answer.problem) ? 'refused' : 'unreachable'
}
