import { replace } from '@remix-run/react'

/** The list of clients is the search on the first page. */
export const clientLoader = () => replace('/')

export default function Clients() {
  return null
}
