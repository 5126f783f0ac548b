/** One value of every client in one text, so that looking for a part of any of them is one search of the engine's own. */
export interface Column {
  /** Each value between two line ends. */
  text: string
  /** Where each value's line begins. */
  starts: Uint32Array
}

export function columnOf(values: readonly string[]): Column {
  const starts = new Uint32Array(values.length)
  let length = 0
  values.forEach((value, position) => {
    starts[position] = length
    length += value.length + 1
  })
  return { text: `\n${values.join('\n')}\n`, starts }
}

/** Positions of the values that have `part` in them, each once. A `part` that begins with a line end begins its value. */
export function holdersOf({ text, starts }: Column, part: string): number[] {
  const positions: number[] = []
  let position = 0
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, endOf(text, at))) {
    while ((starts[position + 1] ?? Infinity) <= at) position += 1
    positions.push(position)
  }
  return positions
}

function endOf(text: string, at: number): number {
  return text.indexOf('\n', at + 1)
}
