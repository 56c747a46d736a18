import { spawnSync } from 'node:child_process'
import type { Context } from '../context.ts'

/**
 * Puts the terminal that input comes from in raw mode, and gives the way back, which may be called more than once. No
 * effect where input is no terminal or NORAW is set (docker/cli cli/streams). A signal that would end the program before
 * it can restore the terminal ends it after; `proxied` says that signals are somebody else's meanwhile.
 */
export function rawMode(
  context: Pick<Context, 'in' | 'env' | 'platform' | 'onSignal' | 'raise'>,
  { proxied }: { proxied: boolean },
): () => void {
  const input = context.in
  if (!input.isTerminal || context.env.NORAW) return () => undefined
  input.setRaw(true)
  if (context.platform !== 'win32') spawnSync('stty', REST, { stdio: [input.fd, 'ignore', 'ignore'] })
  let raw = true
  const restore = (): void => {
    if (raw) input.setRaw(false)
    raw = false
    unsubscribe()
  }
  const unsubscribe = proxied
    ? () => undefined
    : context.onSignal(['SIGHUP', 'SIGQUIT'], (name) => {
        restore()
        context.raise(name)
      })
  return restore
}

// libuv's raw mode leaves the translation of line feeds on, which a full-screen program in the container does not expect:
// it moves down by a bare line feed. `stty` sets what is missing of moby/term's makeRaw.
const REST = ['-ignbrk', '-parmrk', '-inlcr', '-igncr', '-opost', '-echonl', '-parenb']
