import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { wrap } from '../errors/cli-error.ts'

interface Block {
  type: string
  text: string
}

/** Whether there is a certificate in PEM text that can be read (Go's CertPool.AppendCertsFromPEM). */
export function hasCertificate(pem: Uint8Array): boolean {
  const blocks = pemBlocks(Buffer.from(pem).toString('latin1'))
  return blocks.some(({ type, text }) => type === 'CERTIFICATE' && certificate(text) !== undefined)
}

/** Whether there is anything in PEM text (Go's pem.Decode). */
export function hasPemBlock(text: string): boolean {
  return pemBlocks(text).length > 0
}

/** Throws unless certificate and key can be read and belong together (docker/cli cli/context/docker/load.go, Go tls.X509KeyPair). */
export function checkKeyPair(cert: string, key: string): void {
  const [first] = pemBlocks(key)
  if (first === undefined) throw new Error('no valid private key found')
  if (/^Proc-Type: 4,ENCRYPTED/m.test(first.text)) throw new Error(`private key is encrypted - ${ENCRYPTED}`)
  try {
    const publicKey = leaf(pemBlocks(cert)).publicKey
    compare(publicKey, privateKey(pemBlocks(key)))
  } catch (error) {
    throw wrap(error, 'failed to retrieve context tls info')
  }
}

const ENCRYPTED = 'support for encrypted private keys has been removed, see https://docs.docker.com/go/deprecated/'

function leaf(blocks: readonly Block[]): X509Certificate {
  const found = blocks.find(({ type }) => type === 'CERTIFICATE')
  if (found === undefined) {
    throw new Error(`tls: ${lacking(blocks, 'certificate', 'find "CERTIFICATE" PEM block')}`)
  }
  const parsed = certificate(found.text)
  if (parsed === undefined) throw new Error('x509: malformed certificate')
  return parsed
}

function privateKey(blocks: readonly Block[]): KeyObject {
  const found = blocks.find(({ type }) => /^(.+ )?PRIVATE KEY$/.test(type))
  if (found === undefined) {
    throw new Error(`tls: ${lacking(blocks, 'key', 'find PEM block with type ending in "PRIVATE KEY"')}`)
  }
  try {
    return createPrivateKey(found.text)
  } catch (error) {
    throw new Error('tls: failed to parse private key', { cause: error })
  }
}

function lacking(blocks: readonly Block[], input: 'certificate' | 'key', what: string): string {
  if (blocks.length === 0) return `failed to find any PEM data in ${input} input`
  const [{ type } = { type: '' }] = blocks
  if (blocks.length === 1 && input === 'certificate' && type.endsWith('PRIVATE KEY')) {
    return 'failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
  }
  if (blocks.length === 1 && input === 'key' && type === 'CERTIFICATE') {
    return 'found a certificate rather than a key in the PEM for the private key'
  }
  const types = blocks.map((block) => block.type).join(' ')
  return `failed to ${what} in ${input} input after skipping PEM blocks of the following types: [${types}]`
}

function compare(publicKey: KeyObject, key: KeyObject): void {
  if (publicKey.asymmetricKeyType !== key.asymmetricKeyType) {
    throw new Error('tls: private key type does not match public key type')
  }
  if (!createPublicKey(key).equals(publicKey)) throw new Error('tls: private key does not match public key')
}

function certificate(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text)
  } catch {
    return undefined
  }
}

function pemBlocks(text: string): Block[] {
  const pattern = /^-----BEGIN ([^\n]*?)-----[ \t]*\r?$[^]*?^-----END \1-----[ \t]*\r?$/gm
  return [...text.matchAll(pattern)].map(([whole, type = '']) => ({ type, text: whole }))
}
