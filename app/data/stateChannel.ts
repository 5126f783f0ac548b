import type { StateChannel } from './createTablet.ts'
import type { SyncState } from './tablet.ts'

type Message = { kind: 'state'; state: Partial<SyncState> } | { kind: 'ask' }

/** Carries the leading tab's state to the other tabs, and to one that opens later. */
export function stateChannel(name: string): StateChannel {
  const channel = new BroadcastChannel(`${name}-state`)
  let own: Partial<SyncState> = {}
  let listener: (state: Partial<SyncState>) => void = () => undefined
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'state') listener(data.state)
    else if (Object.keys(own).length > 0) channel.postMessage({ kind: 'state', state: own } satisfies Message)
  }
  return {
    post: (state) => {
      own = { ...own, ...state }
      channel.postMessage({ kind: 'state', state } satisfies Message)
    },
    onState: (next) => {
      listener = next
      channel.postMessage({ kind: 'ask' } satisfies Message)
    },
    silence: () => {
      own = {}
    },
    close: () => channel.close(),
  }
}
