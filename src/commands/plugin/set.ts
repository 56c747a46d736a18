import { atLeast, command } from '../../cli/command.ts'

export default command({
  path: ['plugin set'],
  summary: 'Change plugin settings',
  args: atLeast(2, 'PLUGIN KEY=VALUE [KEY=VALUE...]'),
  usage: 'PLUGIN KEY=VALUE [KEY=VALUE...]',
  complete: 'plugins',
  async run({ engine, signal }, { args: [name = '', ...settings] }) {
    await (await engine()).plugins.set(name, settings, { signal })
  },
})
