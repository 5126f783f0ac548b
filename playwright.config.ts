import { existsSync } from 'node:fs'
import { chromium, defineConfig } from '@playwright/test'

/** Playwright's own browser where it was downloaded, else the system's: on a closed network there is only that one. */
function browserFile(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  if (existsSync(chromium.executablePath())) return undefined
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))
}

// A browser that calls home would spoil the test that no page asks anybody else.
const args = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
if (process.getuid?.() === 0) args.push('--no-sandbox')

/** What is laid out otherwise on a phone; `npm run test:full` looks at more of it. */
const PHONE = /(offline|screens|sync-conflict)[.]spec[.]ts/
const PHONE_FULL = /(offline|screens|sync-conflict|sync-refused|sync-removal)[.]spec[.]ts/
const full = process.env.HIMS_FULL === '1'

const desktop = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/prepare.ts',
  // Each worker has servers of its own. One leaves a third of two processors idle; nothing is measured, so each has time enough.
  workers: 2,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  outputDir: 'test-results/e2e',
  use: {
    launchOptions: { executablePath: browserFile(), args },
    locale: 'en-GB',
    timezoneId: 'UTC',
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop', use: desktop },
    { name: 'phone', use: phone, testMatch: full ? PHONE_FULL : PHONE },
  ],
})
