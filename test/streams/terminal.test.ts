import { describe, expect, it } from 'vitest'
import { followSize } from '../../src/streams/resize.ts'
import { proxySignals } from '../../src/streams/signal-proxy.ts'
import { rawMode } from '../../src/streams/terminal.ts'

/** A Context whose signals a test sends, and which notes what happens to the terminal. */
function world() {
  const listeners = new Set<{ names: readonly string[]; listener: (name: NodeJS.Signals) => void }>()
  const notes: string[] = []
  const context = {
    in: { fd: -1, isTerminal: true, setRaw: (raw: boolean) => notes.push(raw ? 'raw' : 'cooked') },
    out: { size: () => ({ columns: 80, rows: 24 }) },
    err: { line: (text: string) => notes.push(text) },
    env: {} as Record<string, string>,
    platform: 'win32',
    raise: (name: string) => notes.push(name),
    onSignal: (names: readonly string[], listener: (name: NodeJS.Signals) => void) => {
      const entry = { names, listener }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
  }
  const send = (name: NodeJS.Signals): number => {
    const heard = [...listeners].filter(({ names }) => names.includes(name))
    for (const { listener } of heard) listener(name)
    return heard.length
  }
  return {
    context: context as unknown as Parameters<typeof rawMode>[0] & Parameters<typeof followSize>[0],
    notes,
    send,
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('rawMode', () => {
  it('restores the terminal once, however often it is asked to', () => {
    const { context, notes } = world()
    const restore = rawMode(context, { proxied: false })
    restore()
    restore()
    expect(notes).toEqual(['raw', 'cooked'])
  })

  it('restores it before a signal ends the program', () => {
    const { context, notes, send } = world()
    rawMode(context, { proxied: false })
    send('SIGHUP')
    expect(notes).toEqual(['raw', 'cooked', 'SIGHUP'])
    expect(send('SIGHUP')).toBe(0)
  })

  it('leaves signals to who proxies them, and everything where NORAW is set', () => {
    const { context, notes, send } = world()
    rawMode(context, { proxied: true })
    expect(send('SIGHUP')).toBe(0)
    rawMode({ ...context, env: { NORAW: '1' } }, { proxied: false })()
    expect(notes).toEqual(['raw'])
  })
})

describe('followSize', () => {
  it('sends the size at once and after each change, one request at a time', async () => {
    const { context, send } = world()
    const sizes: object[] = []
    let busy = 0
    const stop = await followSize(context, async (size) => {
      expect(++busy).toBe(1)
      sizes.push(size)
      await pause(5)
      busy -= 1
    })
    for (let i = 0; i < 5; i++) send('SIGWINCH')
    await pause(40)
    expect(sizes).toEqual([1, 2, 3].map(() => ({ height: 24, width: 80 })))
    stop()
    expect(send('SIGWINCH')).toBe(0)
  })

  it('tries the first time again while the process is starting', async () => {
    const { context, notes } = world()
    let calls = 0
    const stop = await followSize(context, async () => {
      calls += 1
      if (calls < 4) throw new Error('not yet')
    })
    await expect.poll(() => calls).toBe(4)
    await pause(100)
    expect([calls, notes]).toEqual([4, []])
    stop()
  })

  it('says so after ten tries, unless it is over by then', async () => {
    const first = world()
    await followSize(first.context, () => Promise.reject(new Error('never')))
    const second = world()
    const stop = await followSize(second.context, () => Promise.reject(new Error('never')))
    stop()
    await expect.poll(() => first.notes).toEqual(['failed to resize tty, using default size'])
    expect(second.notes).toEqual([])
  })
})

describe('proxySignals', () => {
  it('hands signals on by name and in order, and drops what cannot be delivered', async () => {
    const { context, send } = world()
    const got: string[] = []
    const stop = proxySignals(context, async (name) => {
      await pause(name === 'INT' ? 10 : 0)
      got.push(name)
      if (name === 'USR1') throw new Error('gone')
    })
    for (const name of ['SIGINT', 'SIGUSR1', 'SIGTSTP', 'SIGWINCH', 'SIGCHLD', 'SIGPIPE', 'SIGURG'] as const) send(name)
    await expect.poll(() => got).toEqual(['INT', 'USR1', 'TSTP', 'WINCH'])
    stop()
    expect(send('SIGTERM')).toBe(0)
  })
})
