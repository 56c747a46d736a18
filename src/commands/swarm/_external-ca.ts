import { messageOf, flagError, type UsageSite } from '../../errors/cli-error.ts'
import type { Context } from '../../context.ts'
import { dictionary } from '../../go/dictionary.ts'
import { parseCsv } from '../../go/csv.ts'
import { quote } from '../../go/quote.ts'
import { readPem } from './_pem-file.ts'

/** An authority outside the swarm that signs the certificates of its nodes. */
export interface ExternalCA {
  Protocol: string
  URL: string
  Options: Record<string, string>
  /** Its own certificate in PEM; empty where it was not given. */
  CACert: string
}

/**
 * Reads what `--external-ca` was given, with the files that it names; `certificate` stands in where none is named. Undefined where
 * the flag was not given. Throws as for a flag that does not parse (docker/cli swarm/opts.go ExternalCAOption).
 */
export async function readExternalCAs(
  context: Pick<Context, 'cwd' | 'signal'>,
  texts: readonly string[] | undefined,
  site: UsageSite,
): Promise<ExternalCA[] | undefined> {
  if (texts === undefined) return undefined
  const read: ExternalCA[] = []
  for (const text of texts) {
    try {
      read.push(await parse(context, text))
    } catch (error) {
      context.signal.throwIfAborted()
      throw flagError(`invalid argument ${quote(text)} for "--external-ca" flag: ${messageOf(error)}`, site)
    }
  }
  return read
}

/** The authorities with `certificate` where they have none of their own. */
export function withCertificate(externalCAs: ExternalCA[] | undefined, certificate: string): ExternalCA[] | undefined {
  return externalCAs?.map((ca) => ({ ...ca, CACert: ca.CACert || certificate }))
}

async function parse(context: Pick<Context, 'cwd' | 'signal'>, text: string): Promise<ExternalCA> {
  const Options = dictionary<string>()
  let protocol: string | undefined
  let url: string | undefined
  let CACert = ''
  for (const field of parseCsv(text)) {
    const equals = field.indexOf('=')
    if (equals < 0) throw new Error(`invalid field '${field}' must be a key=value pair`)
    const [key, value] = [field.slice(0, equals), field.slice(equals + 1)]
    switch (key.toLowerCase()) {
      case 'protocol':
        protocol = value.toLowerCase()
        if (protocol !== 'cfssl') throw new Error(`unrecognized external CA protocol ${value}`)
        break
      case 'url':
        url = value
        break
      case 'cacert':
        CACert = await certificateOf(context, value)
        break
      default:
        Options[key] = value
    }
  }
  if (protocol === undefined) throw new Error('the external-ca option needs a protocol= parameter')
  if (url === undefined) throw new Error('the external-ca option needs a url= parameter')
  return { Protocol: protocol, URL: url, Options, CACert }
}

function certificateOf(context: Pick<Context, 'cwd' | 'signal'>, file: string): Promise<string> {
  return readPem(context, file, {
    unreadable: (reason) => `unable to read CA cert for external CA: ${reason}`,
    foreign: 'CA cert for external CA must be in PEM format',
  })
}
