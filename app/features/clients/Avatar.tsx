import type { ClientFields } from '#domain/clients/client.ts'
import { initials } from '#domain/clients/initials.ts'

const SIZES = { row: 'size-11 text-base', page: 'size-16 text-2xl' }

/** The initials, so that a list can be scanned. It says nothing that the name beside it does not. */
export function Avatar({ client, size = 'row' }: { client: ClientFields; size?: keyof typeof SIZES }) {
  return (
    <span
      aria-hidden="true"
      className={`grid shrink-0 place-items-center rounded-full bg-primary-soft font-bold text-primary ${SIZES[size]}`}
    >
      {initials(client)}
    </span>
  )
}
