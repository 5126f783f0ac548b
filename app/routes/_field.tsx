import { type ClientLoaderFunctionArgs, Outlet, redirectDocument, useLoaderData, useRevalidator } from '@remix-run/react'
import { UnlockForm } from '#app/features/accounts/UnlockForm.tsx'
import { OpenCount } from '#app/features/review/OpenCount.tsx'
import { SearchProvider } from '#app/features/search/SearchProvider.tsx'
import { BootScreen } from '#app/features/shell/BootScreen.tsx'
import { PublicFrame } from '#app/features/shell/PublicFrame.tsx'
import { Shell } from '#app/features/shell/Shell.tsx'
import { ShellFailure } from '#app/features/shell/ShellFailure.tsx'
import { Shortcuts } from '#app/features/shell/Shortcuts.tsx'
import { SyncChip } from '#app/features/shell/SyncChip.tsx'
import { Wiped } from '#app/features/shell/Wiped.tsx'
import { TabletNotices } from '#app/features/sync/TabletNotices.tsx'
import { refreshAccount, type Session, storedAccount } from '#app/session/account.ts'
import { isTabletOpen } from '#app/session/currentTablet.ts'
import { openFor } from '#app/session/opening.ts'
import { useAskToKeep } from '#app/session/useAskToKeep.ts'
import { TabletContext, useSyncState } from '#app/session/useTablet.ts'
import { may } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'

/** The layout of the pages that work without a server. Neither it nor its children may have a server loader. */
export async function clientLoader({ request }: ClientLoaderFunctionArgs) {
  const stored = storedAccount()
  if (stored !== null) void noticeAnotherServer(stored)
  const session = stored ?? (await signedIn(request))
  if (!may(session.account.roles, 'field.use')) throw redirectDocument('/dashboard')
  return { session, ...(await openFor(session)) }
}

/** The data stays the same for the life of the page; it changes by itself, not by loading. Until then it is locked. */
export const shouldRevalidate = () => !isTabletOpen()

async function signedIn(request: Request): Promise<Session> {
  const state = await refreshAccount()
  if (state.kind === 'signed-in') return state.session
  const { pathname, search } = new URL(request.url)
  throw redirectDocument(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}

/**
 * The stored account starts the page at once. Another one's session on the server changes nothing here: whoever unlocked
 * the tablet works on it, and sends when she has signed in. Another server's records are another tablet.
 */
async function noticeAnotherServer(stored: Session): Promise<void> {
  const state = await refreshAccount(stored.account.id)
  if (state.kind !== 'signed-in' || state.session.account.id !== stored.account.id) return
  if (state.session.deploymentId !== stored.deploymentId) location.reload()
}

const BADGES = { review: <OpenCount /> }

export default function Field() {
  const { session, tablet, why } = useLoaderData<typeof clientLoader>()
  const { revalidate } = useRevalidator()
  if (tablet === null) {
    return (
      <PublicFrame>
        <UnlockForm session={session} why={why} onOpen={revalidate} />
      </PublicFrame>
    )
  }
  return (
    <TabletContext.Provider value={tablet}>
      <Pages account={session.account} />
    </TabletContext.Provider>
  )
}

function Pages({ account }: { account: SignedInAccount }) {
  const { wiped } = useSyncState()
  useAskToKeep()
  if (wiped) return <Wiped />
  return (
    <SearchProvider>
      <Shell account={account} chip={<SyncChip />} badges={BADGES} notices={<TabletNotices />}>
        <Shortcuts />
        <Outlet />
      </Shell>
    </SearchProvider>
  )
}

export function HydrateFallback() {
  return <BootScreen />
}

export { ShellFailure as ErrorBoundary }
