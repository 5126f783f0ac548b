import { accounts } from './en/accounts.ts'
import { administration } from './en/administration.ts'
import { applications } from './en/applications.ts'
import { clients } from './en/clients.ts'
import { dashboard } from './en/dashboard.ts'
import { devices } from './en/devices.ts'
import { enrollments } from './en/enrollments.ts'
import { erasure } from './en/erasure.ts'
import { exchange } from './en/exchange.ts'
import { fields } from './en/fields.ts'
import { history } from './en/history.ts'
import { home } from './en/home.ts'
import { joining } from './en/joining.ts'
import { live } from './en/live.ts'
import { lock } from './en/lock.ts'
import { preferences } from './en/preferences.ts'
import { problems } from './en/problems.ts'
import { programs } from './en/programs.ts'
import { removal } from './en/removal.ts'
import { reports } from './en/reports.ts'
import { review } from './en/review.ts'
import { sharing } from './en/sharing.ts'
import { shell } from './en/shell.ts'
import { sync } from './en/sync.ts'
import { visits } from './en/visits.ts'

export const en = {
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
}
