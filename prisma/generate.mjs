// Makes the two Prisma clients (npm run generate). Prisma's native schema engine is not needed for this, but its
// command line refuses to start without one; any existing file satisfies it (docs/decisions/0003).
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'

const environment = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' }
environment.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

for (const provider of ['sqlite', 'postgresql']) {
  copyFileSync('prisma/models.prisma', `prisma/${provider}/models.prisma`)
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--schema', `prisma/${provider}`], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
