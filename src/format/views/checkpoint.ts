import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'

/** How checkpoints are listed. */
export const checkpointView: ListView = { header: { Name: 'CHECKPOINT NAME' }, template: () => 'table {{.Name}}' }

const checkpointContext = methods<{ Name: string }>('*checkpoint.checkpointContext', { Name: ({ Name }) => Name })

/** The rows of a list. */
export function checkpointRows(checkpoints: readonly { Name: string }[]): Value[] {
  return checkpoints.map((checkpoint) => value(checkpointContext, checkpoint))
}
