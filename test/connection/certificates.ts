import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** An X.509 certificate with its key, both as PEM. */
export interface Certificate {
  cert: string
  key: string
  name: string
  privateKey: KeyObject
}

export interface CertificateRequest {
  name: string
  /** Signs itself unless given. */
  issuer?: Certificate
  /** May sign others. */
  authority?: boolean
  dns?: string[]
  ips?: string[]
  from?: Date
  to?: Date
}

/** Makes a certificate for a test, valid for ten years unless said otherwise (RFC 5280; nothing that a test does not need). */
export function certificate(request: CertificateRequest): Certificate {
  const { name, issuer, authority = false, dns = [], ips = [] } = request
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const from = request.from ?? new Date(Date.now() - DAY)
  const to = request.to ?? new Date(Date.now() + 3650 * DAY)
  const names = [...dns.map((each) => tlv(0x82, Buffer.from(each))), ...ips.map((each) => tlv(0x87, address(each)))]
  const extensions = [
    extension('551d13', sequence(...(authority ? [tlv(0x01, Buffer.from([0xff]))] : []))),
    ...(names.length > 0 ? [extension('551d11', sequence(...names))] : []),
  ]
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(createHash('sha256').update(`${name}${Math.random()}`).digest().subarray(0, 8).fill(1, 0, 1)),
    ECDSA_SHA256,
    commonName(issuer?.name ?? name),
    sequence(time(from), time(to)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey)
  const der = sequence(body, ECDSA_SHA256, tlv(0x03, Buffer.concat([Buffer.alloc(1), signature])))
  return {
    name,
    cert: pem(der),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
  }
}

const DAY = 86_400_000

const tlv = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag]), length(content.length), content])
const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts))
const integer = (bytes: Buffer): Buffer => tlv(0x02, bytes)
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'))

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size])
  return size < 0x100 ? Buffer.from([0x81, size]) : Buffer.from([0x82, size >> 8, size & 0xff])
}

function commonName(name: string): Buffer {
  return sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))))
}

function time(date: Date): Buffer {
  return tlv(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tlv(0x04, value))
}

function address(ip: string): Buffer {
  return ip === '::1' ? Buffer.concat([Buffer.alloc(15), Buffer.from([1])]) : Buffer.from(ip.split('.').map(Number))
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}
