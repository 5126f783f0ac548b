// npm run bench:first-sync [-- --rounds N --clients N --only hims,raw]: makes what the bench needs, then runs it.
// Plain JavaScript, because Node 20 reads no TypeScript: esbuild bundles the rest, as it does for the server.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }
if (!existsSync('bench/pouchdb/node_modules/.package-lock.json')) {
  process.stderr.write('Installing PouchDB for the comparison (npm ci in bench/pouchdb)\n')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', 'bench/pouchdb'], quiet)
}
if (!existsSync('prisma/generated/sqlite/client.ts')) execFileSync(process.execPath, ['prisma/generate.mjs'], quiet)

const { build } = await import('esbuild')
await build({
  entryPoints: ['bench/firstSync/run.ts'],
  outdir: '.cache/bench',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  alias: { '#domain': './domain', '#server': './server', '#prisma': './prisma/generated' },
  logLevel: 'warning',
})
await import(new URL('../.cache/bench/run.mjs', import.meta.url).href)
