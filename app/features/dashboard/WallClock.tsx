import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf } from '#app/language/languages.ts'

/** A sign of life: whoever passes sees that the screen has not stopped. */
export function WallClock({ timeZone }: { timeZone: string }) {
  const { i18n } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const text = new Intl.DateTimeFormat(localeOf(i18n.language), { timeStyle: 'medium', timeZone }).format(now)
  // Not read aloud each second.
  return (
    <span aria-hidden="true" className="text-3xl font-bold tabular-nums">
      {text}
    </span>
  )
}
