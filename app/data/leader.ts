/** Which tab talks to the server. */
export interface Leadership {
  /** Calls `lead` when this tab may, and the function it answered when another tab takes over. */
  run(lead: () => () => void): void
  close(): void
}

/** One tab leads through a Web Lock; a tab that comes into view takes the lock, as timers of hidden tabs are slowed. */
export function lockLeadership(name: string): Leadership {
  let closed = false
  let leading = false
  let release: () => void = () => undefined

  function ask(lead: () => () => void, steal: boolean): void {
    const held = navigator.locks.request(name, { steal }, async () => {
      if (closed) return
      leading = true
      const stop = lead()
      await new Promise<void>((resolve) => {
        release = resolve
        stopLeading = stop
      })
      stop()
    })
    // Another tab stole the lock: it rejects, and this tab waits in line.
    held.catch(() => {
      leading = false
      stopLeading()
      if (!closed) ask(lead, false)
    })
  }
  let stopLeading: () => void = () => undefined
  let onVisible: () => void = () => undefined

  return {
    run(lead) {
      onVisible = () => {
        if (!leading && !closed && document.visibilityState === 'visible') ask(lead, true)
      }
      document.addEventListener('visibilitychange', onVisible)
      ask(lead, document.visibilityState === 'visible')
    },
    close() {
      closed = true
      document.removeEventListener('visibilitychange', onVisible)
      release()
    },
  }
}

/** For one tab alone: tests, and browsers without Web Locks. */
export function soleLeadership(): Leadership {
  let stop: () => void = () => undefined
  return {
    run(lead) {
      stop = lead()
    },
    close: () => stop(),
  }
}
