import { command, noArgs } from '../../cli/command.ts'
import { readExternalCAs, withCertificate } from './_external-ca.ts'
import { fetchUnlockKey, printUnlockKey } from './_instructions.ts'
import { specFlags, toSpec } from './_spec.ts'

export default command({
  path: ['swarm update'],
  summary: 'Update the swarm',
  args: noArgs,
  since: '1.24',
  swarm: 'manager',
  flags: specFlags,
  helpWithoutFlags: true,
  async run(context, { options, site }) {
    const { out, signal } = context
    const externalCAs = await readExternalCAs(context, options.externalCa, site)
    const engine = await context.engine()
    const { Version, Spec: before = {}, TLSInfo } = await engine.swarm.inspect({ signal })
    const spec = toSpec(before, options, withCertificate(externalCAs, TLSInfo?.TrustRoot ?? ''))
    await engine.swarm.update(Version?.Index ?? 0, spec, { signal })
    out.line('Swarm updated.')
    const wasLocked = before.EncryptionConfig?.AutoLockManagers === true
    if (options.autolock === true && !wasLocked) printUnlockKey(context, await fetchUnlockKey(context, engine))
  },
})
