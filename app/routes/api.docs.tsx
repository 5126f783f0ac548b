import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ApiReference } from '#app/features/applications/ApiReference.tsx'
import { openApi } from '#domain/partners/openapi.ts'

/** Public, as the contract is: it tells of nobody. */
export function loader({ context }: LoaderFunctionArgs) {
  return { document: openApi(context.config.origin) }
}

export default function ApiDocs() {
  const { document } = useLoaderData<typeof loader>()
  return (
    <main className="mx-auto max-w-4xl px-4 py-8">
      <ApiReference document={document} />
    </main>
  )
}
