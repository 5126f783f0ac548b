import type { Page } from './fhirSearch.ts'

export interface BundleParts {
  origin: string
  kind: string
  /** As it was asked. */
  query: string
  page: Page
  resources: readonly { id: string }[]
  hasMore: boolean
}

/** A page of what was searched, with the way to the next (http://hl7.org/fhir/R4/http.html#paging). */
export function bundleOf({ origin, kind, query, page, resources, hasMore }: BundleParts) {
  const link = [{ relation: 'self', url: `${origin}/fhir/${kind}${query === '' ? '' : `?${query}`}` }]
  // Nobody is asked for by _count=0, so no page follows another.
  if (hasMore && page.count > 0) {
    const next = new URLSearchParams(query)
    next.set('_cursor', resources.at(-1)?.id ?? page.after)
    link.push({ relation: 'next', url: `${origin}/fhir/${kind}?${next}` })
  }
  const entry = resources.map((resource) => ({ fullUrl: `${origin}/fhir/${kind}/${resource.id}`, resource, search: { mode: 'match' } }))
  return { resourceType: 'Bundle', type: 'searchset', link, ...(entry.length > 0 && { entry }) }
}
