import { mkdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'
import { injectManifest } from 'workbox-build'

/** The service worker: one file, with the list of what it keeps. `revision` is that of the boot document. */
export async function buildWorker(revision) {
  const bundled = 'build/worker/worker.js'
  mkdirSync('build/worker', { recursive: true })
  await build({
    entryPoints: ['sw/worker.ts'],
    outfile: bundled,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  })
  const { count, size, warnings } = await injectManifest({
    swSrc: bundled,
    swDest: 'build/client/sw.js',
    globDirectory: 'build/client',
    globPatterns: ['**/*.{js,css,svg,png,ico,webmanifest,wasm}'],
    // The pictures are shown by who installs the app, from the server.
    globIgnores: ['sw.js', 'pictures/**'],
    // Their names carry a hash.
    dontCacheBustURLsMatching: /^assets\//,
    additionalManifestEntries: [{ url: '/boot', revision }],
  })
  rmSync('build/worker', { recursive: true })
  if (warnings.length > 0) throw new Error(warnings.join('\n'))
  return { count, size }
}
