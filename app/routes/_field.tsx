import { type ClientLoaderFunctionArgs, Outlet, redirectDocument, useLoaderData } from '@remix-run/react'
import { OpenCount } from '#app/features/review/OpenCount.tsx'
import { BootScreen } from '#app/features/shell/BootScreen.tsx'
import { Shell } from '#app/features/shell/Shell.tsx'
import { ShellFailure } from '#app/features/shell/ShellFailure.tsx'
import { SyncChip } from '#app/features/shell/SyncChip.tsx'
import { Wiped } from '#app/features/shell/Wiped.tsx'
import { TabletNotices } from '#app/features/sync/TabletNotices.tsx'
import { refreshAccount, type Session, storedAccount } from '#app/session/account.ts'
import { currentTablet } from '#app/session/currentTablet.ts'
import { useAskToKeep } from '#app/session/useAskToKeep.ts'
import { TabletContext, useSyncState } from '#app/session/useTablet.ts'
import { may } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'

/** The layout of the pages that work without a server. Neither it nor its children may have a server loader. */
export async function clientLoader({ request }: ClientLoaderFunctionArgs) {
  const stored = storedAccount()
  if (stored !== null) void noticeAnotherAccount(stored)
  const session = stored ?? (await signedIn(request))
  if (!may(session.account.roles, 'field.use')) throw redirectDocument('/dashboard')
  return { account: session.account, tablet: await currentTablet(session) }
}

/** The data stays the same for the life of the page; it changes by itself, not by loading. */
export const shouldRevalidate = () => false

async function signedIn(request: Request): Promise<Session> {
  const state = await refreshAccount()
  if (state.kind === 'signed-in') return state.session
  const { pathname, search } = new URL(request.url)
  throw redirectDocument(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}

/** The stored account starts the page at once; if somebody else has signed in since, the page starts over as theirs. */
async function noticeAnotherAccount(stored: Session): Promise<void> {
  const state = await refreshAccount()
  if (state.kind !== 'signed-in') return
  const { account, deploymentId } = state.session
  if (account.id !== stored.account.id || deploymentId !== stored.deploymentId) location.reload()
}

const BADGES = { review: <OpenCount /> }

export default function Field() {
  const { account, tablet } = useLoaderData<typeof clientLoader>()
  return (
    <TabletContext.Provider value={tablet}>
      <Pages account={account} />
    </TabletContext.Provider>
  )
}

function Pages({ account }: { account: SignedInAccount }) {
  const { wiped } = useSyncState()
  useAskToKeep()
  if (wiped) return <Wiped />
  return (
    <Shell account={account} chip={<SyncChip />} badges={BADGES} notices={<TabletNotices />}>
      <Outlet />
    </Shell>
  )
}

export function HydrateFallback() {
  return <BootScreen />
}

export { ShellFailure as ErrorBoundary }
