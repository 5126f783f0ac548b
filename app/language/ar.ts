import { accounts } from './ar/accounts.ts'
import { administration } from './ar/administration.ts'
import { applications } from './ar/applications.ts'
import { clients } from './ar/clients.ts'
import { dashboard } from './ar/dashboard.ts'
import { devices } from './ar/devices.ts'
import { enrollments } from './ar/enrollments.ts'
import { erasure } from './ar/erasure.ts'
import { exchange } from './ar/exchange.ts'
import { fields } from './ar/fields.ts'
import { history } from './ar/history.ts'
import { home } from './ar/home.ts'
import { joining } from './ar/joining.ts'
import { live } from './ar/live.ts'
import { lock } from './ar/lock.ts'
import { preferences } from './ar/preferences.ts'
import { problems } from './ar/problems.ts'
import { programs } from './ar/programs.ts'
import { removal } from './ar/removal.ts'
import { reports } from './ar/reports.ts'
import { review } from './ar/review.ts'
import { sharing } from './ar/sharing.ts'
import { shell } from './ar/shell.ts'
import { sync } from './ar/sync.ts'
import { visits } from './ar/visits.ts'
import type { Messages } from './messages.ts'

export const ar = {
  shell,
  fields,
  history,
  problems,
  preferences,
  home,
  joining,
  live,
  lock,
  clients,
  enrollments,
  programs,
  removal,
  review,
  sharing,
  sync,
  visits,
  accounts,
  administration,
  applications,
  dashboard,
  devices,
  erasure,
  exchange,
  reports,
} satisfies Messages
