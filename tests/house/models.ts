import { readFileSync } from 'node:fs'

export interface Column {
  name: string
  type: string
  optional: boolean
}

/** The tables and columns that prisma/models.prisma promises. */
export function readModels(): Map<string, Column[]> {
  const text = readFileSync('prisma/models.prisma', 'utf8')
  const blocks = [...text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)]
  const models = new Set(blocks.map(([, name]) => name))
  return new Map(blocks.map(([, name = '', body = '']) => [name, columns(body, models)]))
}

function columns(body: string, models: Set<string | undefined>): Column[] {
  const lines = body.split('\n').map((text) => text.trim())
  return lines.flatMap((text) => {
    const field = /^(\w+)\s+(\w+)(\?|\[\])?/.exec(text)
    if (field === null || models.has(field[2])) return []
    return [{ name: field[1] ?? '', type: field[2] ?? '', optional: field[3] === '?' }]
  })
}
