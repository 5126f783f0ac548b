import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'

/** All that a build is made of. `prisma/generated` and the copied models are made, so they do not count. */
const SOURCES = [
  'app',
  'domain',
  'server',
  'prisma',
  'public',
  'sw',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const MADE = /^prisma\/(generated|sqlite\/models\.prisma|postgresql\/models\.prisma)/

/** SHA-256 over names and contents: the build is made again only when this has changed. */
export function hashOfSources() {
  const hash = createHash('sha256').update(process.version)
  for (const file of SOURCES.flatMap(filesIn)) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(path) || MADE.test(path) || path.endsWith('.test.ts')) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`))
}
