/** One connection of a session, as far as its place is concerned. */
export interface Place {
  /** Dashboards give way to tablets. */
  tablet: boolean
  end(): void
}

/** The session's cookie (server/accounts/sessions.ts), whatever else the browser sends. */
const SESSION_COOKIE = /(?:^|;\s*)(?:__Host-)?hims_[\w-]{6}=([^;]+)/

/** Whose connections are counted together: those of a session, or of a device that shows its credential alone. */
export function holderOf(cookieHeader: string | undefined, deviceId: string | undefined): string {
  const token = SESSION_COOKIE.exec(cookieHeader ?? '')?.[1]
  return token === undefined ? `device ${deviceId ?? ''}` : `session ${token}`
}

/**
 * The places of each session. A tablet always gets one: its oldest connections are those that a network has cut without
 * a word. A dashboard that finds none waits, else it and the one it pushed out would take turns for ever.
 */
export class Connections {
  readonly #held = new Map<string, Place[]>()

  constructor(readonly most: number) {}

  /** @returns the way to give the place back; null when there is none */
  take(holder: string, place: Place): (() => void) | null {
    const held = this.#held.get(holder) ?? []
    if (held.length >= this.most) {
      if (!place.tablet) return null
      const oldest = held.find(({ tablet }) => !tablet) ?? held[0]
      if (oldest) {
        this.#give(holder, oldest)
        oldest.end()
      }
    }
    this.#held.set(holder, [...(this.#held.get(holder) ?? []), place])
    return () => this.#give(holder, place)
  }

  #give(holder: string, place: Place): void {
    const left = (this.#held.get(holder) ?? []).filter((other) => other !== place)
    if (left.length === 0) this.#held.delete(holder)
    else this.#held.set(holder, left)
  }
}
