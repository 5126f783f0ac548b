/**
 * The pages that work without a server: the tablet's own database answers them. The service worker and the screens
 * read this one list. Everything else is rendered by the server.
 */
const FIELD_PAGES = [/^\/$/, /^\/clients(\/|$)/, /^\/programs(\/|$)/, /^\/review(\/|$)/, /^\/sync$/, /^\/visits$/, /^\/preferences$/]

/** Where the one document lives that starts the app without a server. */
export const BOOT_PATH = '/boot'

export function isFieldPage(pathname: string): boolean {
  return FIELD_PAGES.some((page) => page.test(pathname))
}

/** The address that starts the app and then shows `target` (path and query). */
export function bootAddress(target: string): string {
  return `${BOOT_PATH}?next=${encodeURIComponent(target)}`
}

/** Only an address inside this app may follow `next=`: one slash, and no backslash, which browsers read as a slash. */
export function insideTarget(next: string | null): string {
  return next !== null && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) && !next.startsWith(BOOT_PATH) ? next : '/'
}
