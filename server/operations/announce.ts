import type { Config } from '#server/config.ts'
import type { DemoAccounts } from '#server/exchange/demo.ts'

/** Words for the person at the terminal; the log is for machines. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** The first thing a newcomer reads: where it is, and how to come in. */
export function announce(config: Config, setupLink: string | null, demo: DemoAccounts | null): void {
  say(`\nHIMS is ready at ${config.origin}`)
  if (demo) {
    say('\nDemo clinic, invented people. Sign in with:')
    for (const { roles, email, password } of demo.accounts) say(`  ${roles.join(' and ').padEnd(16)} ${email.padEnd(28)} ${password}`)
    say(`These are also in ${config.dataDir}/demo.json`)
  }
  if (setupLink) say(`\nMake the first account (once, within 30 minutes):\n  ${setupLink}`)
}
