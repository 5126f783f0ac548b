import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)

/** Everything from sources to what runs. `revision` names the state of the sources. */
export async function buildAll(revision, say) {
  say('Building: database clients')
  node('prisma/generate.mjs')
  say('Building: pages')
  node(require.resolve('@remix-run/dev/dist/cli.js'), 'vite:build', '--logLevel', 'warn')
  say('Building: server')
  await buildServer()
  say('Building: offline worker')
  const { buildWorker } = await import('./worker.mjs')
  await buildWorker(revision.slice(0, 16))
}

function node(...args) {
  // The output goes to standard error, so that a command's own output stays clean.
  execFileSync(process.execPath, args, { stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } })
}

/** One file tree that Node runs. Tests and benches make theirs in another folder, from the sources as they are. */
async function buildServer(outdir = 'build/server-app') {
  const { build } = await import('esbuild')
  await build({
    entryPoints: ['server/index.ts', 'server/operations/command.ts'],
    outdir,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '#domain': './domain', '#server': './server', '#prisma': './prisma/generated' },
    sourcemap: true,
    logLevel: 'warning',
  })
}

// node server/operations/build.mjs FOLDER: the server alone.
if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer(process.argv[2])
