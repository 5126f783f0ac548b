import { Link, useLocation } from '@remix-run/react'
import { type PropsWithChildren, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '#app/ui/Mark.tsx'
import { StatusProvider } from '#app/ui/Status.tsx'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { MainMenu, type MainMenuProps } from './MainMenu.tsx'
import { NewVersion } from './NewVersion.tsx'
import { entriesFor } from './navigation.ts'

export type ShellProps = PropsWithChildren<{
  account: SignedInAccount
  /** The sync chip, on pages that have the tablet's data. */
  chip?: ReactNode
  /** What is true of the whole tablet, on the same pages. */
  notices?: ReactNode
  /** Beside the names of menu entries, on the same pages. */
  badges?: MainMenuProps['badges']
}>

export function Shell({ account, chip, notices, badges, children }: ShellProps) {
  const { t } = useTranslation()
  const entries = entriesFor(account.roles)
  const main = useFocusAfterNavigation()
  return (
    <StatusProvider>
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-surface px-4 py-3 font-semibold text-primary focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        {t('shell.skip')}
      </a>
      <header className="no-print sticky top-0 z-30 flex h-16 items-center gap-3 border-b border-line bg-surface px-4 desktop:px-6">
        <Link to={entries[0]?.to ?? '/'} className="flex min-h-12 items-center gap-2.5 text-primary no-underline">
          <Mark className="size-8" />
          <span className="text-lg font-bold tracking-wide text-ink max-[22rem]:sr-only">{t('shell.appName')}</span>
        </Link>
        <div className="ms-auto flex min-w-0 items-center gap-2">
          {chip}
          <AccountMenu account={account} />
        </div>
      </header>
      <div className="tablet:grid tablet:grid-cols-[6rem_minmax(0,1fr)] tablet:items-start desktop:grid-cols-[15.5rem_minmax(0,1fr)] print:block">
        <MainMenu entries={entries} {...(badges && { badges })} />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 pt-6 pb-28 tablet:px-6 tablet:pb-12 desktop:px-10 desktop:pt-8 print:p-0"
        >
          <NewVersion />
          {notices}
          {children}
        </main>
      </div>
    </StatusProvider>
  )
}

/** A new page without a document load is silent to a screen reader unless the focus goes there. */
function useFocusAfterNavigation() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    // A frame later: react-aria gives a form's first field the focus only then, after a link that the keyboard followed.
    const frame = requestAnimationFrame(() => {
      if (main.current?.contains(document.activeElement) === false) main.current.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [pathname])
  return main
}
