import { type RefObject, useEffect, useRef, useState } from 'react'

export interface Wall {
  /** What fills the screen. */
  ref: RefObject<HTMLDivElement>
  isOn: boolean
  /** This browser can do it. */
  isPossible: boolean
  toggle: () => void
}

/** A part of the page alone on the screen, which stays lit as long as it is. Esc ends it, as ever. */
export function useWall(): Wall {
  const ref = useRef<HTMLDivElement>(null)
  const [isOn, setOn] = useState(false)
  const [isPossible, setPossible] = useState(false)
  useEffect(() => {
    setPossible(document.fullscreenEnabled === true)
    const look = () => setOn(document.fullscreenElement !== null && document.fullscreenElement === ref.current)
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [])
  useLitScreen(isOn)
  const toggle = () => void (isOn ? document.exitFullscreen() : ref.current?.requestFullscreen())?.catch(() => undefined)
  return { ref, isOn, isPossible, toggle }
}

/** The browser lets go of it whenever the page is hidden, so it is asked for again. Where it is refused the screen may go dark. */
function useLitScreen(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | null = null
    let ended = false
    const ask = async () => {
      if (document.visibilityState !== 'visible') return
      const given = await navigator.wakeLock.request('screen').catch(() => null)
      if (ended) void given?.release()
      else lock = given
    }
    const again = () => void ask()
    document.addEventListener('visibilitychange', again)
    void ask()
    return () => {
      ended = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [isWanted])
}
