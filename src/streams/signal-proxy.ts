import type { Context } from '../context.ts'

/**
 * Hands every signal this program gets to `kill`, by its name without SIG and in order, until the function it gives is
 * called. A signal that cannot be delivered is dropped (docker/cli cli/command/container/signals.go).
 */
export function proxySignals(
  { onSignal }: Pick<Context, 'onSignal'>,
  kill: (name: string) => Promise<void>,
): () => void {
  let last = Promise.resolve()
  return onSignal(forwarded, (signal) => {
    last = last.then(() => kill(signal.slice('SIG'.length))).catch(() => undefined)
  })
}

// All that can be caught, but for those about this program alone: its children and pipes (CHLD, PIPE, URG), its faults
// (BUS, FPE, ILL, SEGV: no handler may return from them), its profiler (PROF), and its place in the shell's jobs (TTIN,
// TTOU: caught, they would come again and again while the terminal is another's).
const forwarded: readonly NodeJS.Signals[] = [
  'SIGABRT',
  'SIGALRM',
  'SIGCONT',
  'SIGHUP',
  'SIGINT',
  'SIGIO',
  'SIGPWR',
  'SIGQUIT',
  'SIGSTKFLT',
  'SIGSYS',
  'SIGTERM',
  'SIGTRAP',
  'SIGTSTP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGVTALRM',
  'SIGWINCH',
  'SIGXCPU',
  'SIGXFSZ',
]
