import { gzipSync } from 'node:zlib'
import { expect, test } from './test.ts'

const MOST_BYTES = 350 * 1024

test('check 30: the boot document and the home page load at most 350 KB of JavaScript, compressed', async ({ clinic }) => {
  const read = async (path: string) => (await fetch(new URL(path, clinic.origin))).text()
  const boot = await read('/boot')
  const named = [...boot.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([path]) => path)
  const manifest = named.find((path) => path.includes('/manifest-'))
  expect(manifest).toBeDefined()
  const routes = JSON.parse((await read(manifest ?? '')).replace(/^[^{]*/, '').replace(/;?\s*$/, '')).routes as Record<
    string,
    { module: string }
  >
  const home = ['root', 'routes/_field', 'routes/_field._index'].map((id) => routes[id]?.module ?? '')
  const files = new Map<string, string>()
  const open = [...named, ...home, '/look.js']
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (files.has(path)) continue
    const text = await read(path)
    files.set(path, text)
    // What is imported at once, not what is loaded when it is needed.
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) open.push(`/assets/${name}`)
  }
  const bytes = [...files.values()].reduce((sum, text) => sum + gzipSync(text).length, 0)
  test.info().annotations.push({ type: 'first JavaScript', description: `${Math.round(bytes / 1024)} KB in ${files.size} files` })
  expect(files.size).toBeGreaterThan(20)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
  // The other languages, CSV and the office's pages come when they are asked for.
  for (const later of ['/ar-', '/fr-', '/sw-', 'papaparse', '_office'])
    expect([...files.keys()].filter((path) => path.includes(later))).toEqual([])
  console.log(`first JavaScript: ${Math.round(bytes / 1024)} KB gzip in ${files.size} files`)
})
