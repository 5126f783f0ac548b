import { createContext, type PropsWithChildren, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { Banner, type Tone } from './Banner.tsx'

interface Said {
  words: string
  tone: Tone
  action?: ReactNode
}

/** At least 8 seconds, so that an undo can be reached (docs: ux). */
const SHOWN_MS = 9_000

const SayContext = createContext<(said: Said) => void>(() => undefined)

/** Tells what just happened, in sight and to assistive technology: `say({ words, tone: 'good' })`. */
export function useStatus(): (said: Said) => void {
  return useContext(SayContext)
}

export function StatusProvider({ children }: PropsWithChildren) {
  const [said, setSaid] = useState<Said | null>(null)
  const say = useCallback((next: Said) => setSaid(next), [])
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <SayContext.Provider value={say}>
      {children}
      <div role="status" className="no-print pointer-events-none fixed inset-x-4 bottom-24 z-40 mx-auto max-w-xl tablet:bottom-6">
        {said !== null && (
          <div className="pointer-events-auto rounded-lg shadow-raised">
            <Banner tone={said.tone} title={said.words} action={said.action} />
          </div>
        )}
      </div>
    </SayContext.Provider>
  )
}
