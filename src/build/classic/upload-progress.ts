import { renderProgress } from '../../streams/progress.ts'

export interface Transfer {
  /** What is said before the amount. */
  readonly action: string
  /** Bytes, 0 where that is not known. */
  readonly total: number
  /** Elsewhere only the whole amount is told, at the end. */
  readonly isTerminal: boolean
}

/** Bytes on their way, told of in a line that is written over and over, ten times a second at most (moby client/pkg/progress). */
export async function* withProgress(
  chunks: AsyncIterable<Uint8Array>,
  { action, total, isTerminal }: Transfer,
  now: () => Date,
  write: (text: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let current = 0
  let told = 0
  let toldAt = 0
  const tell = (): void => {
    const amount = renderProgress({ current, total }, WIDE, now())
    write(Buffer.from(`${action} ${amount}\r${amount === '' ? '\n' : ''}`))
  }
  const step = total > 0 ? Math.min(STEP, Math.trunc(total / 100)) : STEP
  for await (const chunk of chunks) {
    yield chunk
    current += chunk.length
    if (!isTerminal || current - told <= step) continue
    told = current
    const time = now().getTime()
    if (time - toldAt < INTERVAL && current !== total) continue
    toldAt = time
    tell()
  }
  tell()
  write(Buffer.from('\r\n'))
}

const STEP = 512 * 1024
const INTERVAL = 100
/** The bar is always shown. */
const WIDE = 200
