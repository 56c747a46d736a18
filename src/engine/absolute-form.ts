import type { TransportRequest } from './transport.ts'

/** What a request to a plain HTTP proxy carries besides: the server's base URL before the path, and headers for the proxy. */
export interface AbsoluteForm {
  /** `http://host:2375`. */
  base: string
  /** `Proxy-Authorization`, for one. */
  headers: Record<string, string>
}

/** The request as a plain HTTP proxy takes it where there is one (RFC 9112, section 3.2.2), and else as it is. */
export function inAbsoluteForm(request: TransportRequest, absolute: AbsoluteForm | undefined): TransportRequest {
  if (absolute === undefined) return request
  const { base, headers } = absolute
  return { ...request, path: `${base}${request.path}`, headers: { ...headers, ...request.headers } }
}
