import type { Messages } from './messages.ts'
import { accounts } from './sw/accounts.ts'
import { administration } from './sw/administration.ts'
import { applications } from './sw/applications.ts'
import { clients } from './sw/clients.ts'
import { dashboard } from './sw/dashboard.ts'
import { devices } from './sw/devices.ts'
import { enrollments } from './sw/enrollments.ts'
import { erasure } from './sw/erasure.ts'
import { exchange } from './sw/exchange.ts'
import { fields } from './sw/fields.ts'
import { history } from './sw/history.ts'
import { home } from './sw/home.ts'
import { joining } from './sw/joining.ts'
import { live } from './sw/live.ts'
import { lock } from './sw/lock.ts'
import { preferences } from './sw/preferences.ts'
import { problems } from './sw/problems.ts'
import { programs } from './sw/programs.ts'
import { removal } from './sw/removal.ts'
import { reports } from './sw/reports.ts'
import { review } from './sw/review.ts'
import { sharing } from './sw/sharing.ts'
import { shell } from './sw/shell.ts'
import { sync } from './sw/sync.ts'
import { visits } from './sw/visits.ts'

export const sw = {
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
