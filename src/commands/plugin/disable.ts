import { command, exactly } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'

export default command({
  path: ['plugin disable'],
  summary: 'Disable a plugin',
  args: exactly(1, 'PLUGIN'),
  flags: { force: bool('Disable the plugin even if in use', { short: 'f' }) },
  complete: 'plugins-enabled',
  async run({ engine, out, signal }, { args: [name = ''], options: { force = false } }) {
    await (await engine()).plugins.disable(name, { force, signal })
    out.line(name)
  },
})
