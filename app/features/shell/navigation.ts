import {
  AppWindow,
  ArrowRightLeft,
  CalendarClock,
  ChartLine,
  ChartNoAxesColumn,
  Eraser,
  House,
  type LucideIcon,
  MessageCircleQuestionMark,
  RefreshCw,
  ScrollText,
  Settings,
  Stethoscope,
  TabletSmartphone,
  UserPlus,
  Users,
} from 'lucide-react'
import { type Action, may, type Role } from '#domain/access/access.ts'

export interface Entry {
  name:
    | 'home'
    | 'register'
    | 'visits'
    | 'programs'
    | 'review'
    | 'sync'
    | 'dashboard'
    | 'reports'
    | 'people'
    | 'devices'
    | 'applications'
    | 'exchange'
    | 'erasure'
    | 'audit'
    | 'settings'
  to: string
  Icon: LucideIcon
  /** Any of them opens it. */
  actions: readonly Action[]
}

const ENTRIES: readonly Entry[] = [
  { name: 'home', to: '/', Icon: House, actions: ['field.use'] },
  { name: 'register', to: '/clients/new', Icon: UserPlus, actions: ['field.use'] },
  { name: 'visits', to: '/visits', Icon: CalendarClock, actions: ['field.use'] },
  { name: 'review', to: '/review', Icon: MessageCircleQuestionMark, actions: ['field.use'] },
  { name: 'programs', to: '/programs', Icon: Stethoscope, actions: ['field.use'] },
  { name: 'sync', to: '/sync', Icon: RefreshCw, actions: ['field.use'] },
  { name: 'dashboard', to: '/dashboard', Icon: ChartNoAxesColumn, actions: ['dashboard.view'] },
  { name: 'reports', to: '/reports', Icon: ChartLine, actions: ['reports.view'] },
  { name: 'people', to: '/people', Icon: Users, actions: ['people.manage', 'people.invite-doctor'] },
  { name: 'devices', to: '/devices', Icon: TabletSmartphone, actions: ['devices.manage'] },
  { name: 'applications', to: '/applications', Icon: AppWindow, actions: ['applications.manage'] },
  { name: 'exchange', to: '/exchange', Icon: ArrowRightLeft, actions: ['clients.import', 'clients.export'] },
  { name: 'erasure', to: '/erasure', Icon: Eraser, actions: ['clients.erase'] },
  { name: 'audit', to: '/audit', Icon: ScrollText, actions: ['audit.read'] },
  { name: 'settings', to: '/settings', Icon: Settings, actions: ['settings.manage'] },
]

export function entriesFor(roles: readonly Role[]): Entry[] {
  return ENTRIES.filter((entry) => entry.actions.some((action) => may(roles, action)))
}

/** Thumbs reach five: four entries and "More", or all five when there are no more. */
export function onPhone(entries: readonly Entry[]): { tabs: readonly Entry[]; more: readonly Entry[] } {
  return entries.length <= 5 ? { tabs: entries, more: [] } : { tabs: entries.slice(0, 4), more: entries.slice(4) }
}

/** The entry whose address is the longest beginning of the current one; Home only for itself and for clients. */
export function currentEntry(entries: readonly Entry[], pathname: string): Entry | undefined {
  const matching = entries.filter((entry) => pathname === entry.to || (entry.to !== '/' && pathname.startsWith(`${entry.to}/`)))
  const longest = matching.sort((a, b) => b.to.length - a.to.length)[0]
  return longest ?? (pathname.startsWith('/clients') ? entries.find((entry) => entry.name === 'home') : undefined)
}
