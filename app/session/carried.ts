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

/** Asked as often as React likes: a render that it begins and throws away must not take it from the one that is shown. */
export function carriedPerson(): Carried {
  return carried
}

/** Once the form is there: one that is opened otherwise begins empty. */
export function dropCarried(): void {
  carried = NOTHING
}
