import { may } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { insideTarget, isFieldPage } from '#domain/fieldPages.ts'

/** The page after a sign-in: the one that was asked for, if it is one for these roles, else where the role's work is. */
export function arrival({ roles }: Pick<SignedInAccount, 'roles'>, next: string | null): string {
  const target = insideTarget(next)
  if (may(roles, 'field.use')) return target
  const { pathname } = new URL(target, 'http://inside')
  if (!isFieldPage(pathname)) return target
  return may(roles, 'people.manage') ? '/people' : '/dashboard'
}
