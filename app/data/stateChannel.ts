import type { Answer, PresenceEvent } from '#domain/sync/protocol.ts'
import type { SyncState } from './tablet.ts'

/** What the tabs of one account say to each other: one of them leads, and talks to the server for all. */
export interface StateChannel {
  post(state: Partial<SyncState>): void
  onState(listener: (state: Partial<SyncState>) => void): void
  /** Has the leading tab ask the server; null when none leads or none answers. */
  ask(event: string, body: unknown): Promise<Answer<object> | null>
  /** How this tab answers when it leads; null when it does not. */
  onAsk(answer: ((event: string, body: unknown) => Promise<Answer<object> | null>) | null): void
  postPresence(presence: PresenceEvent): void
  onPresence(listener: (presence: PresenceEvent) => void): void
  /** This tab no longer speaks for the others. */
  silence(): void
  close(): void
}

type Message =
  | { kind: 'state'; state: Partial<SyncState> }
  | { kind: 'presence'; presence: PresenceEvent }
  | { kind: 'join' }
  | { kind: 'ask'; id: string; event: string; body: unknown }
  | { kind: 'answer'; id: string; answer: Answer<object> | null }

const ANSWER_MS = 5_000

export function stateChannel(name: string): StateChannel {
  const channel = new BroadcastChannel(`${name}-state`)
  const waiting = new Map<string, (answer: Answer<object> | null) => void>()
  let own: Partial<SyncState> = {}
  let onState: (state: Partial<SyncState>) => void = () => undefined
  let onPresence: (presence: PresenceEvent) => void = () => undefined
  let onAsk: Parameters<StateChannel['onAsk']>[0] = null
  const say = (message: Message) => channel.postMessage(message)

  channel.onmessage = async ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'state') onState(data.state)
    if (data.kind === 'presence') onPresence(data.presence)
    if (data.kind === 'join' && Object.keys(own).length > 0) say({ kind: 'state', state: own })
    if (data.kind === 'answer') waiting.get(data.id)?.(data.answer)
    if (data.kind === 'ask' && onAsk) say({ kind: 'answer', id: data.id, answer: await onAsk(data.event, data.body) })
  }
  return {
    post: (state) => {
      own = { ...own, ...state }
      say({ kind: 'state', state })
    },
    onState: (next) => {
      onState = next
      say({ kind: 'join' })
    },
    ask: (event, body) =>
      new Promise((resolve) => {
        const id = crypto.randomUUID()
        const end = (answer: Answer<object> | null) => {
          waiting.delete(id)
          resolve(answer)
        }
        waiting.set(id, end)
        setTimeout(() => end(null), ANSWER_MS)
        say({ kind: 'ask', id, event, body })
      }),
    onAsk: (next) => {
      onAsk = next
    },
    postPresence: (presence) => say({ kind: 'presence', presence }),
    onPresence: (next) => {
      onPresence = next
    },
    silence: () => {
      own = {}
    },
    close: () => channel.close(),
  }
}
