// node server/operations/run.mjs NAME [arguments]: one of the commands of command.ts. Only its own output goes to
// standard output, so that `--json` can be piped.
import { existsSync } from 'node:fs'
import { prepare } from './prepare.mjs'

await prepare()
if (existsSync('.env')) process.loadEnvFile('.env')
process.env.NODE_ENV ??= 'production'
await import(new URL('../../build/server-app/command.js', import.meta.url).href)
