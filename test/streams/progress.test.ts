import { describe, expect, it } from 'vitest'
import type { JsonMessage } from '../../src/engine/types/system.ts'
import { displayMessages, renderProgress } from '../../src/streams/progress.ts'
import { Recorder } from '../harness.ts'

const now = (): Date => new Date()

async function show(messages: JsonMessage[], terminal?: { columns: number }): Promise<string> {
  const out = new Recorder(1, { terminal: terminal !== undefined, ...terminal })
  await displayMessages(stream(messages), out, { now })
  return out.text
}

async function* stream(messages: JsonMessage[]): AsyncGenerator<JsonMessage> {
  yield* messages
}

/** What a terminal shows after these bytes: the lines, as far as the sequences in use go. */
function screen(bytes: string): string[] {
  const lines = ['']
  let row = 0
  let column = 0
  for (const [token] of bytes.matchAll(new RegExp(`${escape}\\[(\\d*)([ABK])|[^]`, 'g'))) {
    const sequence = new RegExp(`^${escape}\\[(\\d*)([ABK])$`).exec(token)
    if (sequence?.[2] === 'A') row -= Number(sequence[1])
    else if (sequence?.[2] === 'B') row += Number(sequence[1])
    else if (sequence?.[2] === 'K') lines[row] = ''
    else if (token === '\r') column = 0
    else if (token === '\n') {
      row++
      column = 0
    } else {
      const line = (lines[row] ?? '').padEnd(column)
      lines[row] = line.slice(0, column) + token + line.slice(column + 1)
      column++
    }
    while (lines.length <= row) lines.push('')
    if (row < 0) throw new Error('the cursor left the screen')
  }
  return lines.map((line) => line.trimEnd())
}

const escape = '\u001b'

const layer = (id: string, status: string, current?: number, total?: number): JsonMessage => ({
  id,
  status,
  progressDetail: { ...(current !== undefined && { current }), ...(total !== undefined && { total }) },
})

describe('text of a daemon that means harm', () => {
  const title = '\x1b]0;owned\x07'
  const messages = [
    { id: 'aaa', status: `Pulling${title}\nfake: line`, progressDetail: {} },
    { id: `b${title}`, status: 'Downloading', progressDetail: { current: 1, total: 2 } },
    { status: `Digest${title}` },
    { stream: `Loaded ${title}\n` },
    { status: title, progressDetail: { current: 1, units: title } },
  ]

  it('is shown on a terminal and not obeyed, each message on its line', async () => {
    const text = await show(messages, { columns: 200 })
    expect(text).not.toContain('\x1b]')
    expect(text).toContain('aaa: Pulling\\x1b]0;owned\\x07\\nfake: line')
    expect(text).toContain('Loaded \\x1b]0;owned\\x07\n')
  })

  it('stays as it is in a pipe', async () => {
    expect(await show(messages)).toContain(`Loaded ${title}\n`)
  })
})

describe('in a pipe', () => {
  it('prints a line for every message but amounts', async () => {
    const text = await show([
      { status: 'Pulling from library/busybox', id: 'latest' },
      layer('aaa', 'Pulling fs layer'),
      layer('aaa', 'Downloading', 10, 100),
      layer('aaa', 'Download complete'),
      { status: 'Digest: sha256:1' },
      { stream: 'Loaded image: x\n' },
      { stream: 'no end of line' },
    ])
    expect(text).toBe(
      'latest: Pulling from library/busybox\naaa: Pulling fs layer\naaa: Download complete\nDigest: sha256:1\n' +
        'Loaded image: x\nno end of line',
    )
  })

  it('throws the error among the messages, after what came before it', async () => {
    const out = new Recorder(1)
    const messages = [{ status: 'one' }, { error: 'x', errorDetail: { message: 'it broke' } }, { status: 'two' }]
    await expect(displayMessages(stream(messages), out, { now })).rejects.toThrow('it broke')
    expect(out.text).toBe('one\n')
  })

  it.each([
    [{}, 'the daemon reports an error without a message'],
    [{ message: '', code: 500 }, 'the daemon reports an error without a message (code 500)'],
  ])('has words for an error without any: %j', async (errorDetail, words) => {
    await expect(displayMessages(stream([{ errorDetail }]), new Recorder(1), { now })).rejects.toThrow(words)
  })

  it('hands over messages for programs and does not show them', async () => {
    const out = new Recorder(1)
    const seen: unknown[] = []
    const messages = [{ aux: { ID: 'sha256:1' } }, { status: 'shown', aux: null }]
    await displayMessages(stream(messages), out, { now, aux: (value) => seen.push(value) })
    expect(seen).toEqual([{ ID: 'sha256:1' }])
    expect(out.text).toBe('shown\n')
  })
})

describe('on a terminal', () => {
  it('gives every ID a line and redraws it in place', async () => {
    const bytes = await show(
      [
        { status: 'Pulling from library/busybox', id: 'latest' },
        layer('aaa', 'Pulling fs layer'),
        layer('bbb', 'Pulling fs layer'),
        layer('aaa', 'Downloading', 5_000_000, 10_000_000),
        layer('ccc', 'Waiting'),
        layer('bbb', 'Download complete'),
        layer('aaa', 'Pull complete'),
        { status: 'Digest: sha256:1' },
      ],
      { columns: 120 },
    )
    expect(screen(bytes)).toEqual([
      'latest: Pulling from library/busybox',
      'aaa: Pull complete',
      'bbb: Download complete',
      'ccc: Waiting',
      'Digest: sha256:1',
      '',
    ])
    expect(bytes).toContain(`aaa: Downloading [${'='.repeat(25)}>${' '.repeat(25)}]      5MB/10MB`)
  })

  it('does not redraw what has not changed', async () => {
    const once = await show([layer('aaa', 'Waiting')], { columns: 80 })
    const twice = await show([layer('aaa', 'Waiting'), layer('aaa', 'Waiting')], { columns: 80 })
    expect(twice).toBe(once)
  })

  it('starts new lines for an ID that comes again after other output', async () => {
    const bytes = await show([layer('aaa', 'Done'), { status: 'Digest: 1' }, layer('aaa', 'Again')], { columns: 80 })
    expect(screen(bytes)).toEqual(['aaa: Done', 'Digest: 1', 'aaa: Again', ''])
  })

  it('cuts lines that would wrap, which would put the cursor astray', async () => {
    const bytes = await show([layer('aaa', 'A status that is longer than the terminal is wide')], { columns: 20 })
    expect(screen(bytes)).toContain('aaa: A status that …')
  })
})

describe('amounts', () => {
  const now = new Date(100_000)
  it.each([
    [{}, 200, ''],
    [{ current: 1500 }, 200, '   1.5kB'],
    [{ current: 3, units: 'files' }, 200, '3 files'],
    [{ current: 1, total: 2 }, 200, `[${'='.repeat(25)}>${' '.repeat(25)}]       1B/2B`],
    [{ current: 2, total: 2 }, 200, `[${'='.repeat(50)}>]       2B/2B`],
    [{ current: 3, total: 2 }, 100, '      3B'],
    [{ current: 3, total: 9, units: 'files' }, 100, '3/9 files'],
    [{ current: 9, total: 3, units: 'files' }, 100, '9 files'],
    [{ current: 1, total: 2, hidecounts: true }, 100, ''],
    [{ current: 25, total: 100, start: 70 }, 100, '     25B/100B 1m30s'],
    [{ current: 25, total: 100, start: 70 }, 50, '     25B/100B'],
  ])('%j on %d columns', (progress, width, text) => expect(renderProgress(progress, width, now)).toBe(text))
})
