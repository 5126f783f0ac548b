// npm run bench:first-sync [-- --rounds N --clients N,N --only hims,raw]: installs PouchDB when it is missing, then runs the bench.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { runBench } from './run.mjs'

if (!existsSync(new URL('pouchdb/node_modules/.package-lock.json', import.meta.url))) {
  process.stderr.write('Installing PouchDB for the comparison (npm ci in bench/pouchdb)\n')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: new URL('pouchdb', import.meta.url),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
await runBench('firstSync')
