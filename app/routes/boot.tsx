import { type ClientLoaderFunctionArgs, replace, useLoaderData, useNavigate } from '@remix-run/react'
import { useEffect } from 'react'
import { BootScreen } from '#app/features/shell/BootScreen.tsx'
import { insideTarget, isFieldPage } from '#domain/fieldPages.ts'

/**
 * The one document the service worker keeps: it starts the app without a server and goes on to `next`.
 * `replace`, because `redirect` would leave this address in the history.
 */
export async function clientLoader({ request }: ClientLoaderFunctionArgs): Promise<string> {
  const { searchParams, origin } = new URL(request.url)
  const target = insideTarget(searchParams.get('next'))
  if (isFieldPage(new URL(target, origin).pathname)) throw replace(target)
  return target
}
clientLoader.hydrate = true as const

/** A server page goes on from here: Remix answers server loaders with nothing while it is still hydrating. */
export default function Boot() {
  const target = useLoaderData<typeof clientLoader>()
  const navigate = useNavigate()
  useEffect(() => navigate(target, { replace: true }), [navigate, target])
  return <BootScreen />
}

export { BootScreen as HydrateFallback }
