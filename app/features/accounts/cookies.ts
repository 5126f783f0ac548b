/** For an answer that lets somebody in: the session, and the browser that is known from now on. */
export function cookiesOf({ cookie, deviceCookie }: { cookie?: string; deviceCookie: string }): Headers {
  const headers = new Headers()
  for (const value of [cookie, deviceCookie]) if (value !== undefined) headers.append('Set-Cookie', value)
  return headers
}
