import { command, exactly } from '../../cli/command.ts'
import { visibleCell } from '../../go/visible.ts'
import type { ContainerChange } from '../../engine/types/container.ts'

export default command({
  path: ['container diff', 'diff'],
  summary: "List changed files and directories in a container's file system",
  args: exactly(1, 'CONTAINER'),
  complete: 'container-running',
  async run({ engine, out, signal }, { args }) {
    const { containers } = await engine()
    const changes = await containers.changes(args[0] ?? '', { signal })
    const shown = out.isTerminal ? visibleCell : (path: string): string => path
    out.write(changes.map((change) => `${kindLetter(change)} ${shown(change.Path)}\n`).join(''))
  },
})

/** The letter of a change's kind: changed, added, deleted (moby api/types/container ChangeType.String). */
function kindLetter({ Kind }: ContainerChange): string {
  return ['C', 'A', 'D'][Kind ?? 0] ?? ''
}
