// npm run bench:server [-- --changes N --devices N --rows 1000,10000,100000,1000000]: bundles the bench, then runs it.
// Plain JavaScript, because Node 20 reads no TypeScript: esbuild bundles the rest, as it does for the server.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (!existsSync('prisma/generated/sqlite/client.ts'))
  execFileSync(process.execPath, ['prisma/generate.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] })

const { build } = await import('esbuild')
await build({
  entryPoints: ['bench/server/run.ts'],
  outfile: '.cache/bench/server.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  alias: { '#domain': './domain', '#server': './server', '#prisma': './prisma/generated' },
  logLevel: 'warning',
})
await import(new URL('../.cache/bench/server.mjs', import.meta.url).href)
