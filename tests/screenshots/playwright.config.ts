import { defineConfig } from '@playwright/test'
import base from '../../playwright.config.ts'

/** `npm run screenshots`: pictures for people to look at; nothing is judged here. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: /[.]shots[.]ts$/,
  globalSetup: '../e2e/prepare.ts',
  outputDir: '../../test-results/screenshots',
  reporter: [['list']],
  timeout: 1_200_000,
  projects: [{ name: 'pictures', use: { viewport: { width: 1280, height: 800 } } }],
})
