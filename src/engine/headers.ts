/** The headers of a request by name; a list is sent as one header for each of its elements. */
export type RequestHeaders = Record<string, string | string[]>

/**
 * Sets a header in place of one of the same name, which compares without case: `user-agent` from a config file gives way to our
 * User-Agent. An empty User-Agent is not sent.
 */
export function setHeader(headers: RequestHeaders, name: string, value: string | string[]): void {
  const lower = name.toLowerCase()
  for (const key of Object.keys(headers)) if (key.toLowerCase() === lower) delete headers[key]
  if (value !== '' || lower !== 'user-agent') headers[name] = value
}
