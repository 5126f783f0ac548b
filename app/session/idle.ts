/** Other pages are told of activity at most this often. */
const TELL_EVERY_MS = 10_000
const LOOK_EVERY_MS = 5_000
const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

export interface IdleOptions {
  /** A tablet that nobody touches for this long locks itself, in all its pages. */
  idleMs: () => number
  onIdle: () => void
  /** Somebody works here. */
  onActive: () => void
}

export interface IdleWatch {
  /** Somebody works in another page. */
  touch(): void
}

/** A device that slept ran no timer: it is looked at again when the page comes into view, before anybody can read it. */
export function watchIdle({ idleMs, onIdle, onActive }: IdleOptions): IdleWatch {
  let activeAt = Date.now()
  let toldAt = 0
  const look = () => {
    if (Date.now() - activeAt < idleMs()) return
    activeAt = Date.now()
    onIdle()
  }
  const noteActivity = () => {
    // What woke the tablet up may be what is to lock it.
    look()
    activeAt = Date.now()
    if (activeAt - toldAt < TELL_EVERY_MS) return
    toldAt = activeAt
    onActive()
  }
  for (const event of ACTIVITY) window.addEventListener(event, noteActivity, { capture: true, passive: true })
  document.addEventListener('visibilitychange', look)
  setInterval(look, LOOK_EVERY_MS)
  return {
    touch: () => {
      activeAt = Date.now()
    },
  }
}
