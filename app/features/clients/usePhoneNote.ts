import { useEffect, useState } from 'react'
import { useRecord } from '#app/session/useTablet.ts'
import { type PhoneNote, readPhone } from './phoneNote.ts'

/** A client's phone by the country of their facility; null until that is known. */
export function usePhoneNote(phone: string | null, facilityId: string): PhoneNote {
  const country = useRecord('facilities', facilityId)?.record.country ?? null
  const [known, setKnown] = useState<{ phone: string; country: string | null; note: PhoneNote } | null>(null)
  useEffect(() => {
    if (phone === null) return
    let current = true
    // Without the numbering plans there is nothing to say: the number stands as it was typed.
    readPhone(phone, country).then(
      (note) => current && setKnown({ phone, country, note }),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [phone, country])
  return known !== null && known.phone === phone && known.country === country ? known.note : null
}
