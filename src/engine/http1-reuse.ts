import type { TransportError, TransportRequest } from './transport.ts'

/** How many connections are kept for later requests. */
export const MAX_IDLE = 6

/** What a request to a plain HTTP proxy carries besides: the server's base URL before the path, and headers for the proxy. */
export interface AbsoluteForm {
  /** `http://host:2375`. */
  base: string
  /** `Proxy-Authorization`, for one. */
  headers: Record<string, string>
}

/** The request as a plain HTTP proxy takes it (RFC 9112, section 3.2.2). */
export function inAbsoluteForm(request: TransportRequest, { base, headers }: AbsoluteForm): TransportRequest {
  return { ...request, path: `${base}${request.path}`, headers: { ...headers, ...request.headers } }
}

/**
 * Whether a request that failed on a kept connection, which may have been closed meanwhile, is made again on a new one:
 * where it has no effect and nothing was answered, as Go's http.Transport does.
 */
export function mayRepeat({ method, body, signal }: TransportRequest, error: unknown): boolean {
  if (signal?.aborted === true || body !== undefined) return false
  const { code } = error as Partial<TransportError>
  return (method === 'GET' || method === 'HEAD') && (code === 'transport/eof' || code === 'transport/broken')
}
