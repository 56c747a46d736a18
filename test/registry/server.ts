import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as the server got it. */
export interface Got {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A small HTTP server for one test; `answer` says what each request gets. */
export async function server(
  answer: (got: Got, response: ServerResponse, base: URL) => void,
): Promise<{ base: URL; got: Got[] }> {
  const got: Got[] = []
  const http = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() }
      got.push(one)
      answer(one, response, base)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const base = new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}`)
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  return { base, got }
}

/** Sends JSON. */
export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}
