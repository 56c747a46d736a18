import { command, exactly } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'

export default command({
  path: ['checkpoint ls'],
  aliases: ['checkpoint list'],
  summary: "List a container's checkpoints",
  args: exactly(1, 'CONTAINER'),
  flags: { checkpointDir: string("Directory on the daemon's host to list checkpoints of") },
  complete: 'container-running',
  async run({ engine, out, signal }, { args, options }) {
    const { checkpoints } = await engine()
    const found = await checkpoints.list(args[0] ?? '', { folder: options.checkpointDir ?? '', signal })
    out.write(['CHECKPOINT NAME', ...found.map(({ Name }) => Name)].map((line) => `${line}\n`).join(''))
  },
})
