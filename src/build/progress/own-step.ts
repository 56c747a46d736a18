import { randomBytes } from 'node:crypto'
import { messageOf } from '../../errors/cli-error.ts'
import type { Display } from './display.ts'
import { toNanoseconds as at } from './interval.ts'
import type { VertexStatus } from './status.ts'

/** What a step of ours tells of its parts. */
export type TellStatus = (
  status: Pick<VertexStatus, 'id' | 'current' | 'total'> & { from: Date; to?: Date },
) => void | Promise<void>

/** Shows something that is done on this side as a step of the build; what `act` throws is shown as its failure, and thrown (buildx util/progress Wrap). */
export async function withOwnStep<T>(
  name: string,
  { display, now }: { display: Pick<Display, 'update'>; now: () => Date },
  act: (tell: TellStatus) => Promise<T>,
): Promise<T> {
  const digest = `sha256:${randomBytes(32).toString('hex')}`
  const vertex = { digest, inputs: [], name, cached: false, error: '', started: at(now()) }
  const tell: TellStatus = ({ id, current, total, from, to }) => {
    const times = { timestamp: at(now()), started: at(from), ...(to !== undefined && { completed: at(to) }) }
    return display.update({ statuses: [{ id, vertex: digest, name: '', current, total, ...times }] })
  }
  await display.update({ vertexes: [vertex] })
  let error = ''
  try {
    return await act(tell)
  } catch (failure) {
    error = messageOf(failure)
    throw failure
  } finally {
    await display.update({ vertexes: [{ ...vertex, completed: at(now()), error }] })
  }
}
