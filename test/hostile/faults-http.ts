import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, hasBody, trickle } from './fault.ts'
import type { Good } from './replies.ts'
import { chunked, wholeReply, type Written } from './wire.ts'

/** Replies that are unusual and right: the command does as with any other. */
export const oddFaults: readonly Fault[] = [
  odd('byte by byte', (socket, good) => trickle(socket, wholeReply(good).bytes)),
  odd('three bytes at a time', (socket, good) => trickle(socket, wholeReply(good).bytes, 3)),
  odd('the body later', async (socket, good) => {
    const { bytes, head } = wholeReply(good)
    socket.write(bytes.subarray(0, head))
    await sleep(20)
    socket.write(bytes.subarray(head))
  }),
  oddly('no reason', (good) => ({ statusLine: `HTTP/1.1 ${good.status}` })),
  oddly('an empty reason', (good) => ({ statusLine: `HTTP/1.1 ${good.status} ` })),
  oddly('a reason in Latin-1', (good) => ({ statusLine: `HTTP/1.1 ${good.status} Tr\u00e8s bien` })),
  rewritten('header names in lower case', (head) => head.replace(/^[\w-]+(?=:)/gm, (name) => name.toLowerCase())),
  rewritten('header names in upper case', (head) => head.replace(/^[\w-]+(?=:)/gm, (name) => name.toUpperCase())),
  rewritten('no space before values', (head) => head.replace(/^([\w-]+): /gm, '$1:')),
  rewritten('white space around values', (head) => head.replace(/^([\w-]+): (.*)\r$/gm, '$1: \t $2 \t\r')),
  oddly('a folded header', () => ({ extra: 'X-Long: one\r\n two\r\n' })),
  oddly('an empty header', () => ({ extra: 'X-Empty:\r\n' })),
  oddly('a header in Latin-1', () => ({ extra: 'X-Name: caf\u00e9\r\n' })),
  oddly('a header of 8 KiB', () => ({ headers: { 'X-Large': 'x'.repeat(8192) } })),
  oddly('200 headers', () => ({ extra: Array.from({ length: 200 }, (_, i) => `X-${i}: y\r\n`).join('') })),
  oddly('a cookie and a date', () => ({ extra: 'Set-Cookie: a=b\r\nSet-Cookie: c=d\r\nDate: yesterday\r\n' })),
  ...['100 Continue', '102 Processing', '103 Early Hints', '199 Made Up'].map((line) =>
    odd(`${line} first`, (socket, good) => {
      socket.write(`HTTP/1.1 ${line}\r\nLink: </x>\r\n\r\n`)
      socket.write(wholeReply(good).bytes)
    }),
  ),
  odd('three interim answers first', (socket, good) => {
    for (let i = 0; i < 3; i++) socket.write('HTTP/1.1 102 Processing\r\n\r\n')
    socket.write(wholeReply(good).bytes)
  }),
  odd('Connection: close', (socket, good) => {
    socket.end(wholeReply(good, good.kind === 'upgrade' ? {} : { headers: { Connection: 'close' } }).bytes)
  }),
  // The next request may be on its way by then.
  {
    ...odd('closed after a whole reply', (socket, good) => void socket.end(wholeReply(good).bytes)),
    verdict: () => 'either',
  },
  body('up to the close', (socket, good) => void socket.end(wholeReply(good, { framing: 'close' }).bytes)),
  body('HTTP/1.0 up to the close', (socket, good) => {
    socket.end(wholeReply(good, { framing: 'close', statusLine: `HTTP/1.0 ${good.status} OK` }).bytes)
  }),
  body('with a length', (socket, good) => void socket.write(wholeReply(good, { framing: 'length' }).bytes)),
  body('the length twice', (socket, good) => {
    const extra = `Content-Length: ${good.body.length}\r\n`
    socket.write(wholeReply(good, { framing: 'length', extra }).bytes)
  }),
  chunks('in chunks of a byte', (payload) => chunked(payload, 1)),
  chunks('in chunks of seven bytes', (payload) => chunked(payload, 7)),
  chunks('with chunk extensions', (payload) => chunked(payload, 50, ';name="va;lue"')),
  chunks('with sizes in capitals and leading zeros', (payload) =>
    Buffer.concat([
      Buffer.from(`000${payload.length.toString(16).toUpperCase()}\r\n`),
      payload,
      Buffer.from('\r\n0\r\n\r\n'),
    ]),
  ),
  chunks('with trailers', (payload) =>
    Buffer.concat([chunked(payload).subarray(0, -2), Buffer.from('X-After: 1\r\n\r\n')]),
  ),
]

/** Heads and framings that are not HTTP/1.1, each complete and left open: whoever waits for more waits for ever. */
export const brokenFaults: readonly Fault[] = [
  ...[
    'HTTP/1.1 000 Zero',
    'HTTP/1.1 99 Low',
    'HTTP/1.1 1000 High',
    'HTTP/1.1 abc',
    'HTTP/1.1',
    'HTTP/1.1 -200 OK',
    'HTTP/1.1 2e2 OK',
    'HTTP/1.1  200 OK',
    'HTTP/2.0 200 OK',
    'HTTP/3 200 OK',
    'http/1.1 200 OK',
    'ICY 200 OK',
    'HTTP/11 200 OK',
    'SSH-2.0-OpenSSH_9.2',
    '<html><body>hello</body></html>',
    '{"message":"hello"}',
    '\u0016\u0003\u0001\u0002\u0000\u0001',
    '\u0000\u0000\u0000',
    ' HTTP/1.1 200 OK',
  ].map((line) => broken(`status line ${JSON.stringify(line)}`, () => ({ statusLine: line }))),
  ...[
    'no colon here',
    ' space: first',
    'two words: x',
    ': no name',
    'X-Nul: a\u0000b',
    'X-\u00e9: x',
    'X-Bell\u0007: x',
  ].map((line) => broken(`header line ${JSON.stringify(line)}`, () => ({ statusLine: 'HTTP/1.1 200 OK\r\n' + line }))),
  ...['abc', '-1', '+5', '0x10', '5, 6', '99999999999999999999', '1e3'].map((length) =>
    framed(`Content-Length ${length}`, () => ({ framing: 'none', extra: `Content-Length: ${length}\r\n` })),
  ),
  framed('two lengths', (good) => ({ framing: 'length', extra: `Content-Length: ${good.body.length + 1}\r\n` })),
  ...['gzip', 'gzip, chunked', 'chunked, chunked', 'identity', 'x'].map((coding) =>
    framed(`Transfer-Encoding ${coding}`, (good) => ({
      framing: 'none',
      extra: `Transfer-Encoding: ${coding}\r\n`,
      body: chunked(good.body),
    })),
  ),
  ...['zz', '-5', '', ' ', 'ffffffffffffffffff', '0x5', '5 5', 'g'.repeat(5000)].map((size) =>
    framed(`chunk size ${JSON.stringify(size.slice(0, 20))}`, (good) => ({
      framing: 'none',
      extra: 'Transfer-Encoding: chunked\r\n',
      body: Buffer.concat([Buffer.from(`${size}\r\n`), good.body, Buffer.from('\r\n0\r\n\r\n')]),
    })),
  ),
  framed('a chunk longer than its size', () => ({
    framing: 'none',
    extra: 'Transfer-Encoding: chunked\r\n',
    body: '2\r\nabcdef\r\n0\r\n\r\n',
  })),
]

function odd(name: string, play: Fault['play']): Fault {
  const playAndEnd: Fault['play'] = async (socket, good) => {
    await play(socket, good)
    // What a process printed ends with its connection.
    if (good.kind === 'upgrade') socket.end()
  }
  return { group: 'slow and odd but valid', name, verdict: () => 'same', play: playAndEnd }
}

function oddly(name: string, written: (good: Good) => Written): Fault {
  return odd(name, (socket, good) => void socket.write(wholeReply(good, written(good)).bytes))
}

function rewritten(name: string, change: (head: string) => string): Fault {
  return odd(name, (socket, good) => {
    const { bytes, statusLine, head } = wholeReply(good)
    const changed = change(bytes.subarray(statusLine, head).toString('latin1'))
    socket.write(bytes.subarray(0, statusLine))
    socket.write(changed, 'latin1')
    socket.write(bytes.subarray(head))
  })
}

function body(name: string, play: Fault['play']): Fault {
  return {
    ...odd(`a body ${name}`, play),
    verdict: ({ kind }) => (hasBody(kind) && kind !== 'upgrade' ? 'same' : undefined),
  }
}

function chunks(name: string, encode: (payload: Buffer) => Buffer): Fault {
  return body(name, (socket, good) => {
    const encoded = encode(good.body)
    socket.write(wholeReply(good, { framing: 'none', extra: 'Transfer-Encoding: chunked\r\n', body: encoded }).bytes)
  })
}

function broken(name: string, written: (good: Good) => Written): Fault {
  const play: Fault['play'] = (socket, good) => void socket.write(wholeReply(good, written(good)).bytes)
  return { group: 'broken HTTP', name, verdict: () => 'fails', play }
}

// Where a body is not read, or there is none, how long it is does not matter.
function framed(name: string, written: (good: Good) => Written): Fault {
  const verdict: Fault['verdict'] = ({ kind }) => (kind === 'upgrade' ? undefined : hasBody(kind) ? 'fails' : 'either')
  return { ...broken(name, written), verdict }
}
