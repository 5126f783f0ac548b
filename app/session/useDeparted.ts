import { useRef } from 'react'

/** Whether a record that was on the screen has left this tablet since, as another person removed or moved it. */
export function useDeparted(id: string, isHere: boolean): boolean {
  const seen = useRef<string | null>(null)
  if (isHere) seen.current = id
  return !isHere && seen.current === id
}
