import type { en } from './en.ts'

/** The stem of a text that says a number: `days` of `days_one`. */
type Counted<K> = K extends `${infer Stem}_one` ? Stem : never

/** Forms that a language has beside `one` and `other`: French has `many`, Arabic all four. */
type MoreForms<T> = { [K in Counted<keyof T> as `${K}_${'zero' | 'two' | 'few' | 'many'}`]?: string }

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & MoreForms<T>

/** What every other language has to say: the keys of English, and for numbers its own forms (tested in messages.test.ts). */
export type Messages = Words<typeof en>
