import type { z } from 'zod'
import { problem, type Reply } from './reply.ts'

/** What stands behind the question mark, read by its shape; or the answer to what does not have it. No name may stand twice. */
export function readQuery<Shape extends z.ZodType>(shape: Shape, query: string): { value: z.infer<Shape> } | { reply: Reply } {
  const entries = [...new URLSearchParams(query)]
  if (new Set(entries.map(([name]) => name)).size < entries.length) return { reply: problem(400, 'A name stands twice in the query.') }
  const read = shape.safeParse(Object.fromEntries(entries))
  if (read.success) return { value: read.data }
  const [issue] = read.error.issues
  const place = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.')
  return { reply: problem(400, `The query is not understood at: ${place?.slice(0, 100)}.`) }
}
