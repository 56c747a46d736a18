import { type Fault, trickle, type Verdict } from './fault.ts'
import { frameOf, type Good } from './replies.ts'
import { wholeReply, type Written } from './wire.ts'

const refusals: readonly [string, string | Buffer][] = [
  ['words', '{"message":"no luck today"}'],
  ['words and more', '{"message":"no luck today","code":5,"extra":[1]}'],
  ['a number for a message', '{"message":5}'],
  ['an object for a message', '{"message":{"a":1}}'],
  ['no message', '{}'],
  ['an empty message', '{"message":""}'],
  ['null', 'null'],
  ['an array', '[]'],
  ['a number', '5'],
  ['half an object', '{"message":"no lu'],
  ['HTML', '<html><body><h1>Nginx</h1></body></html>'],
  ['nothing', ''],
  ['bytes', Buffer.from([0xff, 0xfe, 0, 1, 2, 0x1b])],
  ['escapes', '{"message":"\\u001b[31mred\\u0007"}'],
]

/** Error statuses with every kind of body that one may carry. */
export const statusFaults: readonly Fault[] = [400, 401, 403, 404, 409, 418, 500, 503].flatMap((status) =>
  (status === 404 || status === 500 ? refusals : refusals.slice(0, 1)).map(([name, body]): Fault => {
    const type = name === 'HTML' ? 'text/html' : 'application/json'
    return reply(
      'error statuses',
      `${status} with ${name}`,
      () => 'fails',
      (good) => ({
        status,
        body: good.kind === 'stat' || good.kind === 'ping' ? '' : body,
        framing: 'length',
        headers: { 'Content-Type': type },
      }),
    )
  }),
)

/** A status of success or redirection that brings nothing. */
export const emptyFaults: readonly Fault[] = [
  reply('empty and redirected', '200 with nothing', empty, () => ({ status: 200, body: '', framing: 'length' })),
  reply('empty and redirected', '204', empty, () => ({ status: 204, body: '', framing: 'none' })),
  reply('empty and redirected', '205', empty, () => ({ status: 205, body: '', framing: 'length' })),
  reply('empty and redirected', '304', empty, () => ({ status: 304, body: '', framing: 'none' })),
  ...[300, 301, 302, 303, 307, 308].flatMap((status) => [
    reply(
      'empty and redirected',
      `${status} to nowhere`,
      () => 'fails',
      () => ({ status, body: '', framing: 'length' }),
    ),
    reply(
      'empty and redirected',
      `${status} elsewhere`,
      () => 'fails',
      () => ({
        status,
        body: '',
        framing: 'length',
        headers: { Location: '/v1.52/elsewhere' },
      }),
    ),
  ]),
  reply(
    'empty and redirected',
    'an upgrade that nobody asked for',
    ({ kind }) => (kind === 'upgrade' ? undefined : 'fails'),
    () => ({
      statusLine: 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp',
      framing: 'none',
    }),
  ),
  reply(
    'empty and redirected',
    '200 for an upgrade',
    ({ kind }) => (kind === 'upgrade' ? 'fails' : undefined),
    () => ({ status: 200, body: '{}', framing: 'length' }),
  ),
]

const deep = '['.repeat(20_000)

/** JSON that is not what was asked for. */
export const jsonFaults: readonly Fault[] = [
  json('null', 'null', () => 'either'),
  ...['true', '5', '"x"', '-0.5e300'].map((text) => json(text, text)),
  json('an array for an object', '[]', ({ value }) => (Array.isArray(value) ? 'either' : 'fails')),
  json('an object for an array', '{}', ({ value }) => (Array.isArray(value) ? 'fails' : 'either')),
  ...['[5]', '["x"]', '[[]]', '[true]'].map((text) => json(text, text)),
  json('[null]', '[null]', ({ value }) => (Array.isArray(value) ? 'either' : 'fails')),
  json('[{}]', '[{}]', ({ value }) => (Array.isArray(value) ? 'either' : 'fails')),
  json('half a value', (good) => good.body.subarray(0, good.body.length >> 1)),
  json('all but the last bracket', (good) => good.body.subarray(0, good.body.length - 2)),
  json('white space only', ' \r\n\t '),
  json('HTML', '<html><body>Sign in to the hotel</body></html>'),
  json('a word', 'nothing'),
  json('a byte order mark', (good) => Buffer.concat([Buffer.from('\uFEFF'), good.body])),
  json('single quotes', "{'Id':'x'}"),
  json('deeper than anybody goes', deep + ']'.repeat(20_000)),
  json('deep and without end', deep),
  json('a deep field that nobody knows', `{"Zzz":${deep}${']'.repeat(20_000)}}`),
  json(
    'white space around',
    (good) => Buffer.concat([Buffer.from('\r\n\t '), good.body, Buffer.from('   ')]),
    () => 'same',
  ),
  json(
    'something after it',
    (good) => Buffer.concat([good.body, Buffer.from('trailing {"a":')]),
    // `inspect` prints the whole reply, and cannot; others read the first value and no further.
    () => 'either',
  ),
  json(
    'bytes that are not UTF-8',
    (good) => Buffer.from(good.body.toString('latin1').replace(/:"([^"]*)"/g, ':"\u00ff$1"'), 'latin1'),
    () => 'either',
  ),
  json(
    'surrogates alone',
    (good) => good.body.toString().replace(/:"/g, ':"\\ud800'),
    () => 'either',
  ),
  json(
    'controls in strings',
    (good) => good.body.toString().replace(/:"/g, ':"\\u001b]0;x\\u0007\\n'),
    () => 'either',
  ),
]

/** Errors and nonsense in a stream of JSON values. */
export const lineFaults: readonly Fault[] = [
  ...[
    '{"errorDetail":{"message":"no luck"},"error":"no luck"}',
    '{"errorDetail":{"code":5,"message":"no luck"}}',
    '{"errorDetail":{}}',
    '{"errorDetail":{"message":""}}',
    '{"errorDetail":5}',
    '{"errorDetail":"x"}',
    '{"status":5}',
    '{"progressDetail":5}',
    '{"progressDetail":{"current":"x"}}',
    '5',
    '"x"',
    '[]',
    '[{}]',
    'true',
    'nonsense',
    '{"status":',
    '<html></html>',
    deep,
  ].flatMap((line) => [stream(line, line, 'after'), stream(line, line, 'before')]),
  stream('null', 'null', 'after', 'either'),
  stream('{}', '{}', 'after', 'either'),
  // The reference looks at `errorDetail` only.
  ...['"no luck"', '5', '{"a":1}'].map((error) =>
    stream(`{"error":${error}}`, `{"error":${error}}`, 'after', 'either'),
  ),
]

/** Frames of a multiplexed stream that are cut, unknown or bring an error. */
export const frameFaults: readonly Fault[] = [
  frames('an error of the daemon', () => frameOf(3, 'driver failed: no luck'), 'fails'),
  frames(
    'an error of the daemon with output before it',
    ({ body }) => Buffer.concat([body, frameOf(3, 'no luck')]),
    'fails',
  ),
  frames('an empty error of the daemon', () => frameOf(3, ''), 'fails'),
  frames('an unknown stream', () => frameOf(7, 'x'), 'fails'),
  frames('text without frames', () => Buffer.from('HTTP looks different, too'), 'fails'),
  frames('half a header', () => frameOf(1, 'x').subarray(0, 5), 'either'),
  frames('a payload cut short', () => frameOf(1, 'hello').subarray(0, 10), 'either'),
  frames('a payload of 4 GiB announced', () => Buffer.from([1, 0, 0, 0, 255, 255, 255, 255, 104, 105]), 'either'),
  frames('empty frames', ({ body }) => Buffer.concat([frameOf(1, ''), frameOf(2, ''), body, frameOf(1, '')]), 'same'),
  frames('frames of stdin', ({ body }) => Buffer.concat([frameOf(0, ''), body]), 'same'),
  ...[1, 2, 3, 5, 7, 8, 9, 11].map((size): Fault => ({
    ...frames(`pieces of ${size} bytes`, ({ body }) => body, 'same'),
    play: async (socket, good) => {
      const { bytes, head } = wholeReply(good)
      socket.write(bytes.subarray(0, head))
      await trickle(socket, bytes.subarray(head), size)
      if (good.kind === 'upgrade') socket.end()
    },
  })),
]

/** What `cp` is told about a path, in a header. */
export const statFaults: readonly Fault[] = [
  ...[
    '',
    '!!!',
    'bm90IGpzb24=',
    b64('5'),
    b64('[]'),
    b64('"x"'),
    b64('{"name":5}'),
    b64('{"size":"x"}'),
    b64('{"mode":-1}'),
    b64('{"mtime":5}'),
    b64('{"mtime":"x"}'),
    b64('{"linkTarget":{}}'),
    b64('{"name":'),
  ].map((value) => stat(value, 'fails')),
  stat(b64('null'), 'either'),
  stat(b64('{}'), 'either'),
  stat(b64('{"name":"\u001b]0;x\u0007","mode":0}'), 'either'),
]

/** Archives for `cp` to unpack. */
export const archiveFaults: readonly Fault[] = [
  archive('nothing', () => Buffer.alloc(0), 'either'),
  archive('nonsense', () => Buffer.alloc(2048, 'nonsense'), 'fails'),
  archive('zeros', () => Buffer.alloc(4096), 'either'),
  archive('half an entry', ({ body }) => body.subarray(0, 2000), 'fails'),
  archive('half a header', ({ body }) => body.subarray(0, 700), 'fails'),
  archive('no end', ({ body }) => body.subarray(0, body.length - 1024), 'either'),
]

function reply(group: string, name: string, verdict: Fault['verdict'], written: (good: Good) => Written): Fault {
  return { group, name, verdict, play: (socket, good) => void socket.write(wholeReply(good, written(good)).bytes) }
}

// An empty stream of anything is one; of JSON there has to be a value.
function empty({ kind }: Good): Verdict | undefined {
  if (kind === 'json' || kind === 'stat' || kind === 'upgrade') return 'fails'
  return 'either'
}

function json(
  name: string,
  body: string | ((good: Good) => string | Buffer),
  verdict: Fault['verdict'] = () => 'fails',
): Fault {
  const make = (good: Good): string | Buffer => (typeof body === 'string' ? body : body(good))
  const applies: Fault['verdict'] = (good) => (good.kind === 'json' ? verdict(good) : undefined)
  return { ...reply('JSON of every wrong kind', name, applies, (good) => ({ body: make(good) })), over: 'unix' }
}

function stream(name: string, line: string, where: 'before' | 'after', verdict: Verdict = 'fails'): Fault {
  const label = `${name.slice(0, 60)} ${where} the rest`
  const inEvents = line.startsWith('{"') ? undefined : verdict
  const applies: Fault['verdict'] = ({ kind }) =>
    kind === 'lines' ? verdict : kind === 'events' ? inEvents : undefined
  const whole = (good: Good): Buffer => {
    const parts = [Buffer.from(`${line}\r\n`), good.body]
    return Buffer.concat(where === 'before' ? parts : parts.toReversed())
  }
  return { ...reply('errors in streams of JSON', label, applies, (good) => ({ body: whole(good) })), over: 'unix' }
}

function frames(name: string, body: (good: Good) => Buffer, verdict: Verdict): Fault {
  return {
    group: 'frames',
    name,
    verdict: ({ kind, raw }) =>
      kind !== 'frames' && kind !== 'upgrade' ? undefined : raw === true ? 'either' : verdict,
    play: (socket, good) => {
      socket.write(wholeReply(good, { body: body(good) }).bytes)
      if (good.kind === 'upgrade') socket.end()
    },
  }
}

function stat(value: string, verdict: Verdict): Fault {
  const name = `path stat ${JSON.stringify(Buffer.from(value, 'base64').toString().slice(0, 30))}`
  const applies: Fault['verdict'] = ({ kind }) => (kind === 'stat' ? verdict : undefined)
  return reply('stat headers and archives', name, applies, () => ({
    headers: { 'X-Docker-Container-Path-Stat': value },
  }))
}

function archive(name: string, body: (good: Good) => Buffer, verdict: Verdict): Fault {
  const applies: Fault['verdict'] = ({ kind }) => (kind === 'tar' ? verdict : undefined)
  return reply('stat headers and archives', `archive of ${name}`, applies, (good) => ({
    body: body(good),
    framing: 'chunked',
  }))
}

function b64(text: string): string {
  return Buffer.from(text).toString('base64')
}
