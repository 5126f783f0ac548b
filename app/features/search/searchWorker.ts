import { type SearchAnswer, SearchDesk, type SearchTask } from './searchDesk.ts'

/** A portion more may be on its way. */
const SOON_MS = 60

// The types of a worker's own global are another library's than the app's.
const thread = self as unknown as { postMessage(answer: SearchAnswer): void; onmessage: ((event: MessageEvent<SearchTask>) => void) | null }

const desk = new SearchDesk({ answer: (answer) => thread.postMessage(answer), later: (work) => setTimeout(work, SOON_MS) })

thread.onmessage = ({ data }) => desk.take(data)
