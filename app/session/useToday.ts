import { useEffect, useState } from 'react'
import { today } from './today.ts'

const MINUTE_MS = 60_000

/** A tablet's page stays open past midnight. */
export function useToday(): string {
  const [day, setDay] = useState(today)
  useEffect(() => {
    const timer = setInterval(() => setDay(today()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return day
}
