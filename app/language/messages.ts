import type { en } from './en.ts'

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** What every other language has to say: the keys of English. */
export type Messages = Words<typeof en>
