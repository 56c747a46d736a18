import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { int } from '../../cli/flags.ts'

export default command({
  path: ['plugin enable'],
  summary: 'Enable a plugin',
  args: exactly(1, 'PLUGIN'),
  flags: { timeout: int('Seconds to wait for the plugin to respond', { shownDefault: '30' }) },
  complete: 'plugins-disabled',
  async run({ engine, out, signal }, { args: [name = ''], options: { timeout = 30 } }) {
    if (timeout < 0) throw cliError(`negative timeout ${timeout} is invalid`)
    await (await engine()).plugins.enable(name, timeout, { signal })
    out.line(name)
  },
})
