import { command, noArgs } from '../../cli/command.ts'
import { cliError, type UsageSite } from '../../errors/cli-error.ts'
import { bool, type Options, value } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { Sendable } from '../../engine/sendable.ts'
import type { SwarmSpec } from '../../engine/types/swarm-info.ts'
import type { TlsInfo } from '../../engine/types/swarm.ts'
import { type ExternalCA, readExternalCAs, withCertificate } from './_external-ca.ts'
import { readPemFlag } from './_pem-file.ts'
import { caFlags, withCA } from './_spec.ts'

const pemFile = (summary: string) => value<string>('pem-file', summary, (text) => text, { complete: 'files' })

const flags = {
  ...caFlags,
  caCert: pemFile('File of the root certificate to change to, in PEM format'),
  caKey: pemFile('File of the key of that root certificate, in PEM format'),
  detach: bool('Do not wait until all nodes have changed over', { short: 'd' }),
  quiet: bool('Show no progress', { short: 'q' }),
  rotate: bool('Change the root certificate; a new one is made unless one is given'),
}

export default command({
  path: ['swarm ca'],
  summary: 'Display and rotate the root CA',
  args: noArgs,
  since: '1.30',
  swarm: 'manager',
  flags,
  async run(context, { options, site }) {
    const { signal } = context
    const given = await readCA(context, options, site)
    const { swarm } = await context.engine()
    const { Version, Spec = {}, TLSInfo } = await swarm.inspect({ signal })
    if (options.rotate !== true) {
      refuseWithoutRotate(options)
      return printTrustRoot(context, TLSInfo)
    }
    refuseHalf(options)
    await swarm.update(Version?.Index ?? 0, toRotatedSpec(Spec, options, given), { signal })
    if (options.detach === true) return
    const { showRootRotation } = await import('./_root-rotation.ts')
    const quiet = options.quiet === true
    const isOver = await showRootRotation(context, quiet)
    if (isOver && !quiet) printTrustRoot(context, (await swarm.inspect({ signal })).TLSInfo)
  },
})

/** The authority to change to, as far as it is given: texts are empty and the list undefined where it is not. */
interface GivenCA {
  readonly certificate: string
  readonly key: string
  readonly externalCAs: ExternalCA[] | undefined
}

async function readCA(context: Context, options: Options<typeof flags>, site: UsageSite): Promise<GivenCA> {
  return {
    certificate: await readPemFlag(context, 'ca-cert', options.caCert, site),
    key: await readPemFlag(context, 'ca-key', options.caKey, site),
    externalCAs: await readExternalCAs(context, options.externalCa, site),
  }
}

/** A swarm's specification that makes it change its root certificate: to the one given, or to a new one. */
export function toRotatedSpec(
  before: SwarmSpec,
  options: Options<typeof caFlags>,
  { certificate, key, externalCAs }: GivenCA,
): Sendable<SwarmSpec> {
  const spec = withCA(before, options, withCertificate(externalCAs, certificate))
  const force = key === '' && certificate === '' && { ForceRotate: BigInt(before.CAConfig?.ForceRotate ?? 0) + 1n }
  return { ...spec, CAConfig: { ...spec.CAConfig, SigningCACert: certificate, SigningCAKey: key, ...force } }
}

function refuseWithoutRotate({ caCert, caKey, certExpiry, externalCa }: Options<typeof flags>): void {
  const given = { 'ca-cert': caCert, 'ca-key': caKey, 'cert-expiry': certExpiry, 'external-ca': externalCa }
  const name = Object.entries(given).find(([, option]) => option !== undefined)?.[0]
  if (name !== undefined) throw cliError(`\`--${name}\` flag requires the \`--rotate\` flag to update the CA`)
}

function refuseHalf({ caCert, caKey, externalCa }: Options<typeof flags>): void {
  if (externalCa !== undefined && caCert === undefined) {
    throw cliError(
      "rotating to an external CA requires the `--ca-cert` flag to specify the external CA's cert - " +
        'to add an external CA with the current root CA certificate, use the `update` command instead',
    )
  }
  if (caCert !== undefined && externalCa === undefined && caKey === undefined) {
    throw cliError('the --ca-cert flag requires that a --ca-key flag and/or --external-ca flag be provided as well')
  }
}

function printTrustRoot({ out }: Pick<Context, 'out'>, tls: TlsInfo | undefined): void {
  const root = tls?.TrustRoot ?? ''
  if (root === '') throw cliError('no CA information available')
  out.line(root.trim())
}
