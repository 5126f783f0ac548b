import type { Picture } from './cardCamera.ts'
import { readCode } from './readCode.ts'

// The types of a worker's own global are another library's than the app's.
const thread = self as unknown as { postMessage(text: string | null): void; onmessage: ((event: MessageEvent<Picture>) => void) | null }

thread.onmessage = ({ data: { data, width, height } }) => thread.postMessage(readCode(data, width, height))
