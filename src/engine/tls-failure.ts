export interface TlsFailure {
  /** The reason as Go's crypto/tls words it, where it has words for it. */
  why: string
  /** The server turned our certificate down, or missed it. */
  aboutClient: boolean
  /** It did so in one of the two ways that the reference explains. */
  explained: boolean
  /** The server does not speak TLS. */
  isPlainHttp?: boolean
}

/** What Node and connect-tcp.ts tell. */
interface Failure extends NodeJS.ErrnoException {
  host: string
  /** When it failed, in milliseconds. */
  at: number
  /** The server's certificate. */
  cert: { subjectaltname?: string; valid_from?: string; valid_to?: string }
}

const SERVER = { aboutClient: false, explained: false }

/** Tells a TLS failure by Node's and OpenSSL's error codes; undefined for an error of another kind. */
export function tlsFailure(error: unknown): TlsFailure | undefined {
  const failure = error as Partial<Failure> | undefined
  const code = failure?.code ?? ''
  const alert = /_ALERT_(\w+)$/.exec(code)?.[1]
  if (alert !== undefined) {
    const why = `remote error: tls: ${ALERTS[alert] ?? alert.toLowerCase().replaceAll('_', ' ')}`
    return {
      why,
      aboutClient: CLIENT_ALERT.test(alert),
      explained: /^(BAD_CERTIFICATE|HANDSHAKE_FAILURE)$/.test(alert),
    }
  }
  if (UNKNOWN_AUTHORITY.has(code)) return verification('certificate signed by unknown authority')
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return verification(`certificate has expired or is not yet valid${outOfTime(failure)}`)
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return verification(wrongName(failure?.host ?? '', failure?.cert?.subjectaltname ?? ''))
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return { why: 'http: server gave HTTP response to HTTPS client', ...SERVER, isPlainHttp: true }
  }
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_|UNABLE_TO_)/.test(code)) {
    return { why: `tls: ${failure?.message ?? code}`, ...SERVER }
  }
  return undefined
}

function verification(why: string): TlsFailure {
  return { why: `tls: failed to verify certificate: x509: ${why}`, ...SERVER }
}

// The current time and the validity of the certificate, where the server's own is expired or not yet valid.
function outOfTime(failure: Partial<Failure> | undefined): string {
  const { at = Number.NaN, cert: { valid_from: from = '', valid_to: to = '' } = {} } = failure ?? {}
  const shown = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
  if (at > Date.parse(to)) return `: current time ${shown(at)} is after ${shown(Date.parse(to))}`
  if (at < Date.parse(from)) return `: current time ${shown(at)} is before ${shown(Date.parse(from))}`
  return ''
}

// The certificate's names of the kind that was looked for (crypto/x509 `HostnameError`).
function wrongName(host: string, alternatives: string): string {
  const address = host.includes(':') || /^[\d.]+$/.test(host)
  const kind = address ? 'IP Address:' : 'DNS:'
  const names = alternatives.split(', ').flatMap((name) => (name.startsWith(kind) ? [name.slice(kind.length)] : []))
  if (names.length > 0) return `certificate is valid for ${names.join(', ')}, not ${host}`
  if (address) return `cannot validate certificate for ${host} because it doesn't contain any IP SANs`
  return `certificate is not valid for any names, but wanted to match ${host}`
}

/** The messages of crypto/tls for OpenSSL's alert names, where they differ by more than case. */
const ALERTS: Partial<Record<string, string>> = {
  CERTIFICATE_UNKNOWN: 'unknown certificate',
  CERTIFICATE_EXPIRED: 'expired certificate',
  CERTIFICATE_REVOKED: 'revoked certificate',
  UNKNOWN_CA: 'unknown certificate authority',
  PROTOCOL_VERSION: 'protocol version not supported',
}

const CLIENT_ALERT = /CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE/

const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])
