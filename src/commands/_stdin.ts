import type { Context } from '../context.ts'

/** All that stdin holds; throws the reason of the signal that ends the program meanwhile. */
export async function readStdin({ in: input, signal }: Pick<Context, 'in' | 'signal'>): Promise<Buffer> {
  const chunks: Buffer[] = []
  const stream = input.stream()
  const onAbort = (): void => void stream.destroy(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  return Buffer.concat(chunks)
}
