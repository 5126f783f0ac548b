/** What the browser says of the space it gives, and what a person should be told about it. No I/O here. */

export interface StorageFacts {
  usedBytes: number
  /** null where the browser does not tell. */
  quotaBytes: number | null
  /** The browser has promised not to remove the data by itself. */
  isKept: boolean
}

export type Space = 'enough' | 'short' | 'nearly-full'

/** At 95 % the next first sync or cleanup may fail; at 80 % there is still time to do something. */
export function spaceOf({ usedBytes, quotaBytes }: Pick<StorageFacts, 'usedBytes' | 'quotaBytes'>): Space {
  if (quotaBytes === null || quotaBytes <= 0) return 'enough'
  const share = usedBytes / quotaBytes
  if (share >= 0.95) return 'nearly-full'
  return share >= 0.8 ? 'short' : 'enough'
}

/** Safari, and every browser of an iPhone or iPad: they are all WebKit. */
export function isWebKit(userAgent: string): boolean {
  return /AppleWebKit\//.test(userAgent) && !/Chrome\/|Chromium\/|Edg\/|Android/.test(userAgent)
}

/**
 * WebKit removes what a site stored after 7 days of use without a visit to it, unless the app is on the home screen
 * or the storage is kept (webkit.org/blog/10218, "7-Day Cap on All Script-Writeable Storage").
 */
export function forgetsAfterAWeek(browser: { userAgent: string; isInstalled: boolean; isKept: boolean }): boolean {
  return isWebKit(browser.userAgent) && !browser.isInstalled && !browser.isKept
}

/** What was asked of the browser before. */
export interface Asked {
  isKept: boolean
  isInstalled: boolean
}

/** Once, after something was saved; once more when the app was installed since, as browsers then think better of it. */
export function shouldAskToKeep(asked: Asked | null, now: { hasSaved: boolean; isInstalled: boolean }): boolean {
  if (!now.hasSaved) return false
  return asked === null || (!asked.isKept && now.isInstalled && !asked.isInstalled)
}
