import { accounts } from './fr/accounts.ts'
import { administration } from './fr/administration.ts'
import { applications } from './fr/applications.ts'
import { clients } from './fr/clients.ts'
import { dashboard } from './fr/dashboard.ts'
import { devices } from './fr/devices.ts'
import { enrollments } from './fr/enrollments.ts'
import { erasure } from './fr/erasure.ts'
import { exchange } from './fr/exchange.ts'
import { fields } from './fr/fields.ts'
import { history } from './fr/history.ts'
import { home } from './fr/home.ts'
import { joining } from './fr/joining.ts'
import { live } from './fr/live.ts'
import { lock } from './fr/lock.ts'
import { preferences } from './fr/preferences.ts'
import { problems } from './fr/problems.ts'
import { programs } from './fr/programs.ts'
import { removal } from './fr/removal.ts'
import { reports } from './fr/reports.ts'
import { review } from './fr/review.ts'
import { sharing } from './fr/sharing.ts'
import { shell } from './fr/shell.ts'
import { sync } from './fr/sync.ts'
import { visits } from './fr/visits.ts'
import type { Messages } from './messages.ts'

export const fr = {
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
