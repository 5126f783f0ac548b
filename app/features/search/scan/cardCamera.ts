/** A picture for the thread that reads it. */
export interface Picture {
  /** RGBA, row by row. */
  data: Uint8ClampedArray
  width: number
  height: number
}

export type CameraProblem = 'refused' | 'none'

export interface CameraOptions {
  onText: (text: string) => void
  onProblem: (problem: CameraProblem) => void
}

/** Wide enough for a card at arm's length; more would only take longer. */
const WIDTH = 640
const PAUSE_MS = 150

export function hasCamera(): boolean {
  return typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getUserMedia === 'function'
}

/**
 * Shows the camera in `video` and reads what it sees, one picture after the other, in a thread of its own. Nothing is kept.
 * @returns the way to end it: the camera's light goes out
 */
export function readCards(video: HTMLVideoElement, { onText, onProblem }: CameraOptions): () => void {
  const canvas = document.createElement('canvas')
  let reader: Worker | null = null
  let stream: MediaStream | null = null
  let ended = false
  const end = () => {
    ended = true
    reader?.terminate()
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  const look = () => {
    if (ended) return
    const picture = pictureOf(video, canvas)
    if (picture === null) setTimeout(look, PAUSE_MS)
    else reader?.postMessage(picture, [picture.data.buffer])
  }
  const begin = async () => {
    // Where the browser lets no thread run, that is thrown here, and said.
    reader = new Worker(new URL('./scanWorker.ts', import.meta.url), { type: 'module', name: 'scan' })
    reader.onmessage = ({ data: text }: MessageEvent<string | null>) => {
      if (text !== null && !ended) onText(text)
      setTimeout(look, PAUSE_MS)
    }
    reader.onerror = () => onProblem('none')
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    if (ended) return end()
    video.srcObject = stream
    await video.play()
    look()
  }
  begin().catch((error: unknown) => {
    // Closed while it was starting.
    if (!ended) onProblem(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'none')
  })
  return end
}

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Picture | null {
  const scale = Math.min(1, WIDTH / video.videoWidth)
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null || !(width > 0 && height > 0)) return null
  Object.assign(canvas, { width, height })
  context.drawImage(video, 0, 0, width, height)
  return { data: context.getImageData(0, 0, width, height).data, width, height }
}
