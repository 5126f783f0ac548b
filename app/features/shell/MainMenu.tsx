import { Link, useLocation } from '@remix-run/react'
import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Popup } from '#app/ui/Popup.tsx'
import { currentEntry, type Entry, onPhone } from './navigation.ts'

const TAB = 'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-1 py-1.5 text-xs font-medium'
const RAIL = 'tablet:min-h-16 tablet:flex-none tablet:rounded-xl'
const SIDEBAR = 'desktop:min-h-12 desktop:flex-row desktop:justify-start desktop:gap-3 desktop:px-4 desktop:text-base'
const REST = 'text-ink-soft hover:bg-primary-soft hover:text-primary'
const HERE = 'font-semibold text-primary bg-primary-soft'

export interface MainMenuProps {
  entries: readonly Entry[]
  /** What stands beside an entry's name, such as a number of open questions. */
  badges?: Partial<Record<Entry['name'], ReactNode>>
}

/** Tabs at the bottom of a phone, a rail on a tablet, a sidebar on a desktop: one list in the document. */
export function MainMenu({ entries, badges = {} }: MainMenuProps) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const here = currentEntry(entries, pathname)
  const { tabs, more } = onPhone(entries)
  return (
    <nav
      aria-label={t('shell.navigation')}
      className="no-print fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] tablet:sticky tablet:top-16 tablet:h-[calc(100dvh-4rem)] tablet:overflow-y-auto tablet:border-t-0 tablet:border-e tablet:p-2 desktop:p-4"
    >
      <ul className="flex tablet:flex-col tablet:gap-1">
        {entries.map((entry) => (
          <li key={entry.name} className={`flex min-w-0 flex-1 tablet:block ${tabs.includes(entry) ? '' : 'max-tablet:hidden'}`}>
            <MenuLink entry={entry} here={entry === here} badge={badges[entry.name]} />
          </li>
        ))}
        {more.length > 0 && (
          <li className="flex min-w-0 flex-1 tablet:hidden">
            <Popup label={t('shell.more')} look={`${TAB} ${here !== undefined && more.includes(here) ? HERE : REST}`} face={<MoreFace />}>
              {(close) => (
                <ul className="flex min-w-56 flex-col gap-1">
                  {more.map((entry) => (
                    <li key={entry.name}>
                      <MenuLink entry={entry} here={entry === here} badge={badges[entry.name]} inPopup onClick={close} />
                    </li>
                  ))}
                </ul>
              )}
            </Popup>
          </li>
        )}
      </ul>
    </nav>
  )
}

function MoreFace() {
  const { t } = useTranslation()
  return (
    <>
      <Ellipsis aria-hidden="true" className="size-6" />
      {t('shell.more')}
    </>
  )
}

interface MenuLinkProps {
  entry: Entry
  here: boolean
  badge?: ReactNode
  inPopup?: boolean
  onClick?: () => void
}

function MenuLink({ entry, here, badge, inPopup = false, onClick }: MenuLinkProps) {
  const { t } = useTranslation()
  const look = inPopup ? 'flex min-h-12 items-center gap-3 rounded-lg px-4 font-medium' : `${TAB} ${RAIL} ${SIDEBAR}`
  return (
    <Link
      to={entry.to}
      aria-current={here ? 'page' : undefined}
      onClick={onClick}
      className={`relative ${look} no-underline ${here ? HERE : REST}`}
    >
      <entry.Icon aria-hidden="true" className="size-6 shrink-0" />
      <span className="max-w-full max-tablet:truncate">{t(`shell.nav.${entry.name}`)}</span>
      {badge !== undefined && <span className={badgePlace(inPopup)}>{badge}</span>}
    </Link>
  )
}

/** On a tab or the rail it sits on the sign's corner, beside the words elsewhere. */
function badgePlace(inPopup: boolean): string {
  return inPopup ? 'ms-auto' : 'absolute start-1/2 top-1 ms-2 desktop:static desktop:ms-auto'
}
