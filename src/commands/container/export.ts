import { command, exactly } from '../../cli/command.ts'
import { failure, messageOf } from '../../cli/errors.ts'
import { string } from '../../cli/flags.ts'
import { type AtomicFile, openAtomicFile } from '../../streams/atomic-file.ts'

export default command({
  path: ['container export', 'export'],
  summary: "Write a container's file system as a tar archive",
  args: exactly(1, 'CONTAINER'),
  flags: { output: string('File to write instead of the standard output', { short: 'o' }) },
  complete: 'container-all',
  async run({ engine, out, cwd, signal }, { args, options }) {
    const file = open(options.output ?? '', cwd, out.isTerminal)
    try {
      const { containers } = await engine()
      const { body } = await containers.export(args[0] ?? '', { signal })
      const sink = file ?? out
      await body.pump((chunk) => sink.write(chunk))
      file?.commit()
    } finally {
      file?.discard()
    }
  },
})

function open(filename: string, cwd: string, isTerminal: boolean): AtomicFile | undefined {
  if (filename === '') {
    if (isTerminal) throw failure('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    return undefined
  }
  try {
    return openAtomicFile(filename, cwd)
  } catch (error) {
    throw failure(`failed to export container: ${messageOf(error)}`)
  }
}
