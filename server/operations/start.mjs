import { existsSync } from 'node:fs'
import { prepare } from './prepare.mjs'

await prepare()
if (existsSync('.env')) process.loadEnvFile('.env')
process.env.NODE_ENV ??= 'production'
await import(new URL('../../build/server-app/index.js', import.meta.url).href)
