import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { may, type Role } from '#domain/access/access.ts'
import { PAGE_DOORS, type PageDoor, type Policy } from '#domain/access/doors.ts'
import type { Answered } from './ask.ts'

/** A route of the build, as its row of the table describes it. */
export interface Page {
  /** The key of PAGE_DOORS. */
  name: string
  path: string
  door: PageDoor
  /** Of the layouts around it, from the outside in. */
  around: PageDoor[]
  /** A layout without an address of its own; `path` is then one of its pages. */
  layout: boolean
}

interface BuiltRoute {
  id: string
  path?: string
  index?: boolean
  parentId?: string
}

const doors: Record<string, PageDoor> = PAGE_DOORS
const nameOf = (id: string) => id.replace(/^routes\//, '')

/** From the build and not from the table: a route that nobody wrote down is walked through as well. */
export async function builtPages(): Promise<Page[]> {
  const { routes } = (await import(pathToFileURL(resolve('build/server/index.js')).href)) as { routes: Record<string, BuiltRoute> }
  const parentsOf = ({ parentId }: BuiltRoute): BuiltRoute[] => {
    const parent = parentId === undefined ? undefined : routes[parentId]
    return parent === undefined ? [] : [...parentsOf(parent), parent]
  }
  const all = Object.values(routes).filter(({ id }) => id !== 'root')
  const pathOf = (route: BuiltRoute) =>
    `/${[...parentsOf(route), route].flatMap(({ path }) => path || []).join('/')}`.replace(/:(\w+)/g, 'no-such-$1')
  return all.map((route) => {
    const layout = route.path === undefined && !route.index
    const child = layout ? all.find(({ parentId }) => parentId === route.id) : undefined
    const around = parentsOf(route).flatMap(({ id }) => doors[nameOf(id)] ?? [])
    const door = doors[nameOf(route.id)]
    if (door === undefined) throw new Error(`${route.id} has no row in domain/access/doors.ts`)
    return { name: nameOf(route.id), path: pathOf(child ?? route), door, around, layout }
  })
}

export type Outcome = 'open' | 'sign-in' | 'refused' | 'no such method' | 'nothing' | 'failed'

export function outcomeOf({ status, headers, text }: Answered): Outcome {
  if (status === 405) return 'no such method'
  if (status === 401 || status === 403) return 'refused'
  if (status === 404 || status === 410) return 'nothing'
  if (status >= 500) return 'failed'
  const signIn = /\/sign-in\?next=/
  return signIn.test(String(headers.location ?? '')) || (status === 202 && signIn.test(text)) ? 'sign-in' : 'open'
}

/** What the table promises to somebody with these roles. An address for scripts leads nobody to the sign-in. */
export function promised(policy: Policy | null, roles: readonly Role[] | null, path: string): Outcome {
  if (policy === null || policy === 'public') return 'open'
  // The token of the address is nobody's.
  if (policy === 'link') return 'nothing'
  if (roles === null) return path.startsWith('/api/') ? 'refused' : 'sign-in'
  return policy === 'account' || policy.some((action) => may(roles, action)) ? 'open' : 'refused'
}
