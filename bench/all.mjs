// npm run bench [-- --quick] [--only push,nodes]: the benches one after the other, and one table of every promise with what came of
// it, which is also written to bench/results/. --quick makes fewer rounds. What a bench lacks here (Chromium, Django, labelled
// people) it says itself, and its row says that it failed.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** The options of a quick run; what has none is as quick as it can be. */
const BENCHES = {
  push: ['--rounds', '2'],
  nodes: ['--rounds', '2', '--edits', '100'],
  live: ['--rounds', '1', '--devices', '1,50'],
  reconnect: [],
  viewers: [],
  partners: ['--rounds', '2'],
  statistics: [],
  audit: [],
  'sign-in': [],
  'first-sync': ['--rounds', '1', '--clients', '10000'],
  open: ['--rounds', '2'],
  search: [],
  work: ['--rounds', '2'],
  duplicates: [],
  load: [],
  encryption: [],
  start: [],
}
const VERDICT = /^(KEPT|NEAR|MISSED|----) +(.+)$/
const RATIO = /([\d.]+)x the limit/

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } })
process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const chosen = values.only?.split(',') ?? Object.keys(BENCHES)
for (const name of chosen)
  if (!(name in BENCHES)) throw new RangeError(`there is no bench ${name}; there are: ${Object.keys(BENCHES).join(', ')}`)

const rows = []
for (const name of chosen) {
  process.stderr.write(`\n== ${name}\n`)
  rows.push(...(await run(name, values.quick ? BENCHES[name] : [])))
}
const lines = rows.map(([name, word, words]) => `${name.padEnd(12)}${word.padEnd(8)}${words}`)
const head = [`${new Date().toISOString().slice(0, 16)}Z, ${commit()}, ${machine()}${values.quick ? ', quick' : ''}`, '']
process.stdout.write(`\n${[...head, ...lines].join('\n')}\n`)
mkdirSync('bench/results', { recursive: true })
const file = `bench/results/${new Date().toISOString().slice(0, 10)}-${commit()}.txt`
writeFileSync(file, `${[...head, ...lines].join('\n')}\n`)
process.stdout.write(`\nWritten to ${file}\n`)
process.exitCode = rows.every(([, word]) => word === 'KEPT' || word === 'NEAR') ? 0 : 1

/** @returns rows of bench, word and what was promised with what came of it */
async function run(name, args) {
  const child = spawn('npm', ['run', '-s', `bench:${name}`, '--', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
    process.stderr.write(text)
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  const found = output.split('\n').flatMap((line) => {
    const [, word, words] = VERDICT.exec(line) ?? []
    return word === undefined ? [] : [[name, word, words]]
  })
  if (found.length > 0) return found
  const [, ratio] = RATIO.exec(output) ?? []
  if (ratio !== undefined) return [[name, code === 0 ? 'KEPT' : 'MISSED', `${ratio}x the limit`]]
  return [[name, 'FAILED', `it ended with ${code}`]]
}

function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
}

function machine() {
  return `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`
}
