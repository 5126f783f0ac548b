/** Which of the two databases somebody works on. */
export type Dialect = 'sqlite' | 'postgresql'

/** The few words of SQLite that PostgreSQL has others for. All else in the server's SQL means the same in both. */
const WORDS: readonly [RegExp, string][] = [
  [/\bjson_each\(\?\)/g, 'jsonb_array_elements_text(?::jsonb)'],
  [/\bjson_group_array\(/g, 'json_agg('],
  [/\bjson_object\(/g, 'json_build_object('],
  [/\bjson_array\(/g, 'json_build_array('],
  [/\bgroup_concat\(/g, 'string_agg('],
  // A list of nothing.
  [/(?<!NOT )\bIN \(\)/g, 'IN (NULL)'],
  // Booleans are 0 and 1 on SQLite, whose partial indexes are found by just these words.
  [/((?:\w+\.)?\bdeleted) = 0\b/g, 'NOT $1'],
  [/((?:\w+\.)?\bdeleted) = 1\b/g, '$1'],
]

/** The server's SQL, with `?` for each value, as PostgreSQL takes it. */
export function toPostgresql(text: string): string {
  let said = text
  for (const [word, other] of WORDS) said = said.replace(word, other)
  let count = 0
  return said.replace(/\?/g, () => {
    count += 1
    return `$${count}`
  })
}
