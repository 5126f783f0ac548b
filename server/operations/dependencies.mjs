// npm run dependencies: writes docs/dependencies.md. What runs in production, from the lockfile, with the reasons of
// docs/dependencies.json. tests/house/dependencies.test.ts compares it. Plain JavaScript, as all that npm runs here.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const PAGE = 'docs/dependencies.md'

/** Licences that ask for no more than to be named. */
export const ALLOWED_LICENCES = ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense', 'BlueOak-1.0.0']

const read = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** @returns {{name: string, version: string, licence: string, reason: string | undefined, brings: string[]}[]} the direct ones */
export function productionDependencies() {
  const { packages } = read('package-lock.json')
  const reasons = read('docs/dependencies.json')
  return Object.keys(read('package.json').dependencies).map((name) => {
    const path = `node_modules/${name}`
    const below = [...closure(packages, path)].filter((other) => other !== path)
    return { name, version: packages[path].version, licence: licenceOf(packages, path), reason: reasons[name], brings: below }
  })
}

/** @returns {{name: string, licence: string}[]} the direct ones and all they bring, each once */
export function productionPackages() {
  const { packages } = read('package-lock.json')
  const roots = Object.keys(read('package.json').dependencies).map((name) => `node_modules/${name}`)
  const paths = new Set(roots.flatMap((path) => [...closure(packages, path)]))
  return [...paths].sort().map((path) => ({ name: path.replace(/^.*node_modules\//, ''), licence: licenceOf(packages, path) }))
}

/** `A AND B` needs both, `A OR B` one of them. */
export function isAllowed(licence) {
  const choices = licence.replace(/[()]/g, '').split(/ OR /i)
  return choices.some((choice) => choice.split(/ AND /i).every((one) => ALLOWED_LICENCES.includes(one.trim())))
}

/** Everything that is installed with a package; peers that may be missing are not. */
function closure(packages, start) {
  const found = new Set()
  const open = [start]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue
    found.add(path)
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[path]
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers])
      open.push(...resolved(packages, path, name))
  }
  return found
}

/** As Node looks for it: in its own folder first, then in those around it. */
function resolved(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (packages[path]) return packages[path].dev ? [] : [path]
    if (folder === '') return []
  }
}

/** Two old packages say it in another field, which the lockfile leaves out. */
function licenceOf(packages, path) {
  if (packages[path].license) return packages[path].license
  const file = `${path}/package.json`
  const { licenses = [] } = existsSync(file) ? read(file) : {}
  return licenses.map(({ type }) => type).join(' OR ') || 'unknown'
}

export function page() {
  const rows = productionDependencies().map(
    ({ name, version, licence, reason, brings }) => `| ${name} | ${version} | ${licence} | ${brings.length} | ${reason ?? ''} |`,
  )
  const licences = [...new Set(productionPackages().map(({ licence }) => licence))].sort()
  return `# Production dependencies

Written by \`npm run dependencies\`; \`npm run check\` compares it with the lockfile. "Brings" counts the packages that come with one.

| package | version | licence | brings | why |
|---|---|---|---|---|
${rows.join('\n')}

${productionPackages().length} packages in all, under: ${licences.join(', ')}.

Install scripts may run for the packages named under \`allowScripts\` in \`package.json\` and no others. \`npm run sbom\` prints all of it as CycloneDX.
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, page())
