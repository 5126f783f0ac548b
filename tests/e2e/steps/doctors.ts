import { expect, type Page } from '@playwright/test'
import type { HimsServer } from '../server.ts'
import type { test } from '../test.ts'
import { t } from '../words.ts'
import { demoPerson, signIn } from './accounts.ts'
import { expectAllSent, readyOffline } from './sync.ts'

type BrowserOf = Parameters<Parameters<typeof test>[2]>[0]['browserOf']

/** Of the demo clinic: Amina and Joseph share Riverside, Fatma works at Hilltop and Harbour. */
export const DOCTORS = { amina: 0, joseph: 1, fatma: 2 } as const
export type Doctor = keyof typeof DOCTORS

export function doctor(server: HimsServer, who: Doctor) {
  return demoPerson(server, 'doctor', DOCTORS[who])
}

/** A doctor at the search, everything received, ready for the server to go. */
export async function doctorAt(server: HimsServer, who: Doctor, browserOf: BrowserOf): Promise<Page> {
  const page = await (await browserOf(server)).newPage()
  await beginWork(server, who, page)
  return page
}

export async function beginWork(server: HimsServer, who: Doctor, page: Page): Promise<void> {
  await signIn(page, doctor(server, who))
  await expectAllSent(page)
  await expect(page.getByRole('heading', { name: t('home.recent') })).toBeVisible()
  await readyOffline(page)
}
