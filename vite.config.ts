import { readFileSync } from 'node:fs'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/** Which app a tablet runs, for the list of devices: version and when it was built. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const BUILD = `${version} ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`

export default defineConfig({
  define: {
    'import.meta.env.VITE_BUILD': JSON.stringify(BUILD),
    // The policy of our pages forbids eval, and zod's try at it would be reported as a violation on every page.
    'globalThis.__zod_globalConfig': JSON.stringify({ jitless: true }),
  },
  plugins: [
    tailwindcss(),
    remix({
      ssr: true,
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        // Off: offline there is nobody to ask for a part of the manifest.
        v3_lazyRouteDiscovery: false,
      },
    }),
  ],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: {
      onwarn(warning, warn) {
        // Comments of zod that only esbuild reads, and routes that have an action and no page.
        if (warning.code !== 'INVALID_ANNOTATION' && warning.code !== 'EMPTY_BUNDLE') warn(warning)
      },
    },
  },
})
