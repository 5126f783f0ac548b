export interface StreamedFile {
  /** Of the whole, with its encoding. */
  type: string
  /** What it is called where it is saved. */
  name: string
}

/** A file for the browser to save, a part at a time, so that the whole of it is never in memory. */
export function streamedFile(texts: AsyncGenerator<string>, { type, name }: StreamedFile, report: (error: unknown) => void): Response {
  return new Response(streamOf(texts, report), {
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' },
  })
}

/** A reader that goes away ends the reading; a failure breaks the file off, so that half of one is not taken for a whole. */
function streamOf(texts: AsyncGenerator<string>, report: (error: unknown) => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await texts.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        report(error)
        controller.error(error)
      }
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
