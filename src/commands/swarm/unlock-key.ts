import { command, noArgs } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { fetchUnlockKey, printUnlockKey } from './_instructions.ts'

export default command({
  path: ['swarm unlock-key'],
  summary: 'Manage the unlock key',
  args: noArgs,
  since: '1.24',
  swarm: 'manager',
  flags: {
    quiet: bool('Print only the key', { short: 'q' }),
    rotate: bool('Make a new unlock key'),
  },
  async run(context, { options }) {
    const { out, signal } = context
    const engine = await context.engine()
    if (options.rotate === true) {
      const { Version, Spec = {} } = await engine.swarm.inspect({ signal })
      if (Spec.EncryptionConfig?.AutoLockManagers !== true) {
        throw cliError('cannot rotate because autolock is not turned on')
      }
      await engine.swarm.update(Version?.Index ?? 0, Spec, { rotate: { managerUnlockKey: true }, signal })
      if (options.quiet !== true) out.line('Successfully rotated manager unlock key.')
    }
    const key = await fetchUnlockKey(context, engine)
    if (key === '') throw cliError('no unlock key is set')
    if (options.quiet === true) out.line(key)
    else printUnlockKey(context, key)
  },
})
