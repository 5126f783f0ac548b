// npm run bench:NAME: bundles bench/NAME/run.ts and runs it. Plain JavaScript, because Node 20 reads no TypeScript: esbuild
// bundles the rest, as it does for the server.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export async function runBench(name) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  if (!existsSync('prisma/generated/sqlite/client.ts'))
    execFileSync(process.execPath, ['prisma/generate.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const { build } = await import('esbuild')
  await build({
    entryPoints: [`bench/${name}/run.ts`],
    outfile: `.cache/bench/${name}.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '#domain': './domain', '#server': './server', '#prisma': './prisma/generated' },
    logLevel: 'warning',
  })
  await import(new URL(`../.cache/bench/${name}.mjs`, import.meta.url).href)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name = ''] = process.argv.splice(2, 1)
  await runBench(name)
}
