import { failures } from '../cli/errors.ts'

/** Does `act` for each name in order; those that fail do not stop the rest, their errors are thrown together at the end. */
export async function eachInOrder(names: readonly string[], act: (name: string) => Promise<void>): Promise<void> {
  const errors: unknown[] = []
  for (const name of names) {
    try {
      await act(name)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw failures(errors)
}
