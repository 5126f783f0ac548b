import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** What the sources say of themselves, for the checks of this folder. */

export interface RouteSource {
  /** The name of the file without its ending: the key of PAGE_DOORS. */
  name: string
  loader: FunctionSource | null
  action: FunctionSource | null
}

export interface FunctionSource {
  text: string
  /** Permissions named in its call of `permitted`; null when the first thing it does is something else. */
  permitted: readonly string[] | null
}

export function routeSources(folder = 'app/routes'): RouteSource[] {
  return readdirSync(folder)
    .filter((file) => /[.]tsx?$/.test(file) && !/[.]test[.]/.test(file))
    .map((file) => routeSource(file.replace(/[.]tsx?$/, ''), readFileSync(`${folder}/${file}`, 'utf8')))
}

export function routeSource(name: string, text: string): RouteSource {
  const source = ts.createSourceFile(`${name}.tsx`, text, ts.ScriptTarget.Latest, true)
  return { name, loader: exported(source, 'loader'), action: exported(source, 'action') }
}

function exported(source: ts.SourceFile, wanted: string): FunctionSource | null {
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === wanted) return read(statement, source)
    if (ts.isVariableStatement(statement)) {
      const found = statement.declarationList.declarations.find(({ name }) => name.getText(source) === wanted)
      if (found?.initializer) return read(found.initializer, source)
    }
    // `export { loader } from` would hide it from this check.
    if (ts.isExportDeclaration(statement) && new RegExp(`\\b${wanted}\\b`).test(statement.getText(source)))
      return { text: statement.getText(source), permitted: null }
  }
  return null
}

function read(node: ts.FunctionDeclaration | ts.Expression, source: ts.SourceFile): FunctionSource {
  return { text: node.getText(source), permitted: permittedFirst(node, source) }
}

/** The check stands first: what runs before it runs for anybody. */
function permittedFirst(node: ts.FunctionDeclaration | ts.Expression, source: ts.SourceFile): readonly string[] | null {
  const body = ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) ? node.body : undefined
  const first = body && ts.isBlock(body) ? body.statements[0] : body
  const call = first && /^(?:const [^=]+ = |return )?permitted\(\s*args\s*,([^)]*)\)/.exec(first.getText(source))
  return call ? [...(call[1] ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name ?? '') : null
}

/** Addresses that the Express side names: of routes, of mounts, and in comparisons. */
export function expressPaths(folder = 'server/http'): string[] {
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
  const mounted = /\.(?:get|post|put|patch|delete|head|options|all|use)\(\s*(?:'(\/[^']*)'|([A-Z_]+_PATH)\b|(\/\^[^,]*))/g
  const compared = /request\.path\s*[!=]==\s*(?:'([^']*)'|(\w+))/g
  return texts.flatMap((text) => [...text.matchAll(mounted), ...text.matchAll(compared)].map((found) => found.slice(1).find(Boolean) ?? ''))
}
