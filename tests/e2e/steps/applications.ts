import type { Page } from '@playwright/test'
import type { HimsServer } from '../server.ts'
import { t } from '../words.ts'

export interface Credentials {
  client_id: string
  client_secret: string
}

/** Makes an application on its page and copies what is shown once. */
export async function createApplication(page: Page, name: string): Promise<Credentials> {
  await page.goto('/applications')
  await page.getByLabel(t('fields.name'), { exact: true }).fill(name)
  await page.getByRole('button', { name: t('applications.form.submit') }).click()
  const shown = page.getByRole('region', { name: t('applications.secret.title') })
  const shownAs = async (label: string) => (await shown.getByText(label, { exact: true }).locator('..').locator('code').textContent()) ?? ''
  return {
    client_id: await shownAs(t('applications.secret.clientId')),
    client_secret: await shownAs(t('applications.secret.clientSecret')),
  }
}

/** As the partner's program asks for it: JSON, no cookie. */
export function askToken(server: HimsServer, body: unknown): Promise<Response> {
  return fetch(`${server.origin}/api/auth/token/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

export async function partnerToken(server: HimsServer, credentials: Credentials): Promise<string> {
  const answer = await askToken(server, credentials)
  const { access_token } = (await answer.json()) as { access_token: string }
  return access_token
}

export function readClient(server: HimsServer, number: string, token?: string): Promise<Response> {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  return fetch(`${server.origin}/api/external/clients/${number}/`, { headers })
}
