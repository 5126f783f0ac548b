import { useNavigate } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { ClientsFound } from './useClientSearch.ts'

/** Enter opens the only one who is found, once the answer to what was typed is here: never somebody of the letters before. */
export function useOpenOnly(found: ClientsFound | null, query: string): () => void {
  const navigate = useNavigate()
  const [wanted, setWanted] = useState<string | null>(null)
  const isAnswered = wanted !== null && wanted === query && found?.typed === query
  const only = isAnswered && found.total === 1 ? found.clients[0]?.id : undefined
  useEffect(() => {
    if (!isAnswered) return
    setWanted(null)
    if (only !== undefined) navigate(`/clients/${only}`)
  }, [isAnswered, only, navigate])
  return () => setWanted(query)
}
