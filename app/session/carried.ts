/** What was typed into the search, on its way into the form. In memory: an address lies in the browser's history on the disk. */
export interface Carried {
  name: string
  phone: string
}

const NOTHING: Carried = { name: '', phone: '' }
let carried = NOTHING

export function carry(person: Carried): void {
  carried = person
}

/** Once: a form that is opened otherwise begins empty. */
export function takeCarried(): Carried {
  const taken = carried
  carried = NOTHING
  return taken
}
