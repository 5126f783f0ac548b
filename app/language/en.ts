import { accounts } from './en/accounts.ts'
import { administration } from './en/administration.ts'
import { applications } from './en/applications.ts'
import { clients } from './en/clients.ts'
import { dashboard } from './en/dashboard.ts'
import { enrollments } from './en/enrollments.ts'
import { fields } from './en/fields.ts'
import { home } from './en/home.ts'
import { problems } from './en/problems.ts'
import { programs } from './en/programs.ts'
import { shell } from './en/shell.ts'
import { sync } from './en/sync.ts'

export const en = {
  shell,
  fields,
  problems,
  home,
  clients,
  enrollments,
  programs,
  sync,
  accounts,
  administration,
  applications,
  dashboard,
}
