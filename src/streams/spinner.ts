import { Writable } from 'node:stream'
import ora from 'ora'
import type { Output } from './stdio.ts'

/** Turns a spinner beside `text` on the terminal `err` until the function it gives is called, which leaves no trace of it. */
export function startSpinner(err: Output, text: string): () => void {
  const spinner = ora({
    text,
    stream: terminalStream(err),
    isEnabled: true,
    // The terminal's modes and cursor are not touched, so that there is nothing to restore.
    hideCursor: false,
    discardStdin: false,
  })
  spinner.start()
  return () => void spinner.stop()
}

/** As much of a terminal's stream as the spinner needs, over our own output. */
function terminalStream(err: Output): NodeJS.WriteStream {
  const stream = new Writable({
    write(chunk: Uint8Array, _encoding, taken) {
      // A terminal that stands still gets no more frames meanwhile.
      Promise.resolve(err.send(chunk)).then(() => taken(), taken)
    },
  })
  const move = (count: number, forward: string, back: string): string =>
    count === 0 ? '' : `\u001B[${Math.abs(count)}${count > 0 ? forward : back}`
  return Object.assign(stream, {
    isTTY: true,
    columns: err.size()?.columns ?? 80,
    rows: err.size()?.rows ?? 24,
    cursorTo: (column: number) => err.write(Buffer.from(`\u001B[${column + 1}G`)),
    moveCursor: (dx: number, dy: number) => err.write(Buffer.from(move(dx, 'C', 'D') + move(dy, 'B', 'A'))),
    clearLine: () => err.write(Buffer.from('\u001B[2K')),
  }) as unknown as NodeJS.WriteStream
}
