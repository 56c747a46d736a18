import { CliError } from '../errors/cli-error.ts'
import { quote } from '../go/quote.ts'
import { parseChallenges } from './challenge.ts'
import type { HttpResponse } from './http.ts'
import { dictionary } from '../go/dictionary.ts'

/** What a registry answered instead of what was asked for; `registryCode` is that of its first complaint, `UNAUTHORIZED`. */
export class RegistryError extends CliError {
  readonly registryCode: string

  constructor(registryCode: string, message: string) {
    super(message, { code: 'registry/refused' })
    this.registryCode = registryCode
  }
}

/** The code of a registry's complaint, undefined for errors of another kind. */
export function registryCode(error: unknown): string | undefined {
  const { code, registryCode: found } = error as { code?: unknown; registryCode?: string }
  return code === 'registry/refused' ? found : undefined
}

/** The codes and messages of the distribution protocol (distribution registry/api/errcode, api/v2). */
const messages = dictionary({
  UNKNOWN: 'unknown error',
  UNSUPPORTED: 'The operation is unsupported.',
  UNAUTHORIZED: 'authentication required',
  DENIED: 'requested access to the resource is denied',
  UNAVAILABLE: 'service unavailable',
  TOOMANYREQUESTS: 'too many requests',
  DIGEST_INVALID: 'provided digest did not match uploaded content',
  SIZE_INVALID: 'provided length did not match content length',
  NAME_INVALID: 'invalid repository name',
  TAG_INVALID: 'manifest tag did not match URI',
  NAME_UNKNOWN: 'repository name not known to registry',
  MANIFEST_UNKNOWN: 'manifest unknown',
  MANIFEST_INVALID: 'manifest invalid',
  MANIFEST_UNVERIFIED: 'manifest failed signature verification',
  MANIFEST_BLOB_UNKNOWN: 'blob unknown to registry',
  BLOB_UNKNOWN: 'blob unknown to registry',
  BLOB_UPLOAD_UNKNOWN: 'blob upload unknown to registry',
  BLOB_UPLOAD_INVALID: 'blob upload invalid',
  PAGINATION_NUMBER_INVALID: 'invalid number of results requested',
})

/** A registry could not be understood; a listing of manifests tries its next endpoint then. */
const unexpectedBody = 'UNEXPECTED_BODY'

/** Whether the next endpoint of the same registry may answer better. */
export function mayTryNext(error: unknown): boolean {
  return ['UNAUTHORIZED', 'MANIFEST_UNKNOWN', 'NAME_UNKNOWN', unexpectedBody].includes(registryCode(error) ?? '')
}

interface Complaint {
  code: string
  text: string
}

/** The error that an answer of status 300 and more stands for (distribution registry/client HandleErrorResponse). */
export function responseError(response: HttpResponse): RegistryError {
  const { status } = response
  if (status < 400 || status > 499) {
    return new RegistryError('UNEXPECTED_STATUS', `received unexpected HTTP status: ${statusLine(status)}`)
  }
  const body = bodyComplaints(response)
  const complaints = [...headerComplaint(response), ...body]
  const text = complaints.map((complaint) => complaint.text)
  return new RegistryError(
    complaints[0]?.code ?? 'UNKNOWN',
    text.length === 1 ? (text[0] ?? '') : `errors:\n${text.map((line) => `${line}\n`).join('')}`,
  )
}

/** RFC 6750, section 3. */
function headerComplaint({ headers }: HttpResponse): Complaint[] {
  for (const { scheme, parameters } of parseChallenges(headers['www-authenticate'] ?? '')) {
    const codes = dictionary({ invalid_token: 'UNAUTHORIZED', insufficient_scope: 'DENIED' })
    const code = codes[parameters.error ?? '']
    if (scheme !== 'bearer' || code === undefined) continue
    return [complaint(code, parameters.error_description || messages[code])]
  }
  return []
}

function bodyComplaints({ status, headers, body }: HttpResponse): Complaint[] {
  const text = body.toString('utf8')
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json' && type !== 'application/vnd.api+json') return [byStatus(status, text)]
  let parsed: { details?: unknown; errors?: { code?: string; message?: string; detail?: unknown }[] } | null
  try {
    parsed = JSON.parse(text) as typeof parsed
  } catch (error) {
    return [unexpected(status, (error as Error).message, text)]
  }
  if (typeof parsed?.details === 'string' && parsed.details !== '') return [byStatus(status, parsed.details)]
  if (!Array.isArray(parsed?.errors) || parsed.errors.length === 0) {
    return [unexpected(status, 'no error details found in HTTP response body', text)]
  }
  return parsed.errors.map(({ code = '', message = '', detail }) => {
    const known = messages[code] === undefined ? 'UNKNOWN' : code
    if (detail === undefined && (message === '' || message === messages[known])) {
      return { code: known, text: name(known) }
    }
    return complaint(known, message)
  })
}

function unexpected(status: number, why: string, text: string): Complaint {
  if (status === 401) return complaint('UNAUTHORIZED', messages.UNAUTHORIZED)
  return { code: unexpectedBody, text: `error parsing HTTP ${status} response body: ${why}: ${quote(text)}` }
}

function byStatus(status: number, details: string): Complaint {
  const codes: Record<number, string> = { 401: 'UNAUTHORIZED', 403: 'DENIED', 429: 'TOOMANYREQUESTS' }
  return complaint(codes[status] ?? 'UNKNOWN', details)
}

function complaint(code: string, message = ''): Complaint {
  return { code, text: `${name(code)}: ${message}` }
}

function name(code: string): string {
  return code.replaceAll('_', ' ').toLowerCase()
}

const reasons: Record<number, string> = {
  300: 'Multiple Choices',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** A status as HTTP's status line has it: `404 Not Found`. */
export function statusLine(status: number): string {
  return `${status} ${reasons[status] ?? ''}`.trim()
}
