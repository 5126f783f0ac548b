/**
 * The cookies that can be read. Browsers send those of every program at this host name, whatever its port, so one that
 * is not ours and not encoded must not keep a doctor out.
 */
export function readableCookies(header = ''): string {
  return header
    .split(';')
    .filter((cookie) => isDecodable(cookie))
    .join(';')
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
