import { command, exactly } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { openOutputFile } from '../_output-file.ts'

export default command({
  path: ['container export', 'export'],
  summary: "Export a container's file system to a tar archive",
  args: exactly(1, 'CONTAINER'),
  flags: { output: string('File to write instead of standard output', { short: 'o', complete: 'files' }) },
  complete: 'container-all',
  async run(context, { args, options }) {
    const { engine, out, signal } = context
    const file = openOutputFile(context, options.output ?? '', 'failed to export container')
    try {
      const { containers } = await engine()
      const { body } = await containers.export(args[0] ?? '', { signal })
      await body.pump((chunk) => (file === undefined ? out.send(chunk) : file.write(chunk)))
      file?.commit()
    } finally {
      file?.discard()
    }
  },
})
