import type { Messages } from './messages.ts'
import { accounts } from './sw/accounts.ts'
import { administration } from './sw/administration.ts'
import { applications } from './sw/applications.ts'
import { clients } from './sw/clients.ts'
import { dashboard } from './sw/dashboard.ts'
import { enrollments } from './sw/enrollments.ts'
import { fields } from './sw/fields.ts'
import { home } from './sw/home.ts'
import { problems } from './sw/problems.ts'
import { programs } from './sw/programs.ts'
import { shell } from './sw/shell.ts'
import { sync } from './sw/sync.ts'

export const sw = {
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
} satisfies Messages
