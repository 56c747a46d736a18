import { describe, expect, test } from 'vitest'
import { ReplyError } from '../../src/engine/errors.ts'
import { fakeEngine, type Reply } from '../fake-engine.ts'

const list = async (reply: Reply) => {
  const engine = await fakeEngine({ 'GET /containers/json': reply })
  return engine.engine().containers.list()
}

const refusal = async (reply: Reply): Promise<ReplyError> => {
  const error: unknown = await list(reply).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ReplyError)
  return error as ReplyError
}

describe('a reply that Go accepts', () => {
  test('is filled up with what Go would have written', async () => {
    const [container] = await list({ json: [{ Id: 'a1', Names: null, SizeRw: null, Ports: [{}], Mounts: [null] }] })
    expect(container).toMatchObject({ Id: 'a1', Names: null, Image: '', Created: 0, HostConfig: {}, Status: '' })
    expect(container).not.toHaveProperty('SizeRw')
    expect(container?.Ports).toEqual([{ PrivatePort: 0, Type: '' }])
    expect(container?.Mounts).toEqual([{ Source: '', Destination: '', Mode: '', RW: false, Propagation: '' }])
  })

  test('may name its fields in another case, and have more of them', async () => {
    const [container] = await list({ json: [{ ID: 'a1', iMaGe: 'busybox', Mounted: { deep: [1] } }] })
    expect(container).toMatchObject({ Id: 'a1', Image: 'busybox', Mounted: { deep: [1] } })
  })

  test('may be followed by anything', async () => {
    expect(await list({ text: '[{"Id":"a1"}]\n<html>' })).toMatchObject([{ Id: 'a1' }])
    expect(await list({ text: ' null trailing' })).toEqual([])
  })

  test('may have a label called __proto__', async () => {
    const [container] = await list({ text: '[{"Labels":{"__proto__":null,"a":"b"}}]' })
    expect(Object.entries(container?.Labels ?? {})).toEqual([
      ['__proto__', ''],
      ['a', 'b'],
    ])
  })
})

describe('a reply that Go refuses', () => {
  test.each<[string, Reply, string]>([
    ['another kind of value', { json: {} }, 'json: cannot unmarshal object into Go value of type []container.Summary'],
    ['a word', { json: 'x' }, 'json: cannot unmarshal string into Go value of type []container.Summary'],
    [
      'a field of another kind',
      { json: [{ Ports: [{ PrivatePort: 'x' }] }] },
      'json: cannot unmarshal string into Go struct field PortSummary.Ports.PrivatePort of type uint16',
    ],
    [
      'a number out of range',
      { json: [{ Ports: [{ PrivatePort: 70_000 }] }] },
      'json: cannot unmarshal number 70000 into Go struct field PortSummary.Ports.PrivatePort of type uint16',
    ],
    [
      'a fraction',
      { json: [{ Created: 1.5 }] },
      'json: cannot unmarshal number 1.5 into Go struct field Summary.Created of type int64',
    ],
    [
      'a label that is no text',
      { json: [{ Labels: { a: 5 } }] },
      'json: cannot unmarshal number into Go struct field Summary.Labels of type string',
    ],
    ['an address that is none', { json: [{ Ports: [{ IP: 'x' }] }] }, 'ParseAddr("x"): unable to parse IP'],
    ['nothing', { text: '' }, 'EOF'],
    ['nothing but space', { text: '\n' }, 'EOF'],
    ['204', { status: 204 }, 'EOF'],
    ['304', { status: 304 }, 'EOF'],
    ['half a value', { text: '[{"Id":"a' }, 'unexpected EOF'],
    ['a page', { text: '<html>' }, "invalid character '<' looking for beginning of value"],
  ])('%s', async (_, reply, message) => {
    expect((await refusal(reply)).message).toBe(message)
  })

  test('is described for programs and people', async () => {
    const error = await refusal({ json: [{}, { Ports: [{ Type: [] }] }] })
    expect(error).toMatchObject({
      code: 'engine/reply',
      endpoint: 'GET /containers/json',
      path: '[1].Ports[0].Type',
      expected: 'string',
      got: 'array',
    })
    expect(error.hint).toContain(
      'In the answer to GET /containers/json, [1].Ports[0].Type is array where string is expected.',
    )
    expect((await refusal({ text: '' })).hint).toContain('there is nothing where []container.Summary is expected')
    expect((await refusal({ text: '<html>' })).hint).toContain('there is "<html>" where JSON is expected')
  })
})

describe('a reply without measure', () => {
  const levels = (count: number) => `[{"Unknown":${'['.repeat(count)}${']'.repeat(count)}}]`

  test('nests as deep as Go goes, and no deeper', async () => {
    expect(await list({ text: levels(9_998) })).toHaveLength(1)
    expect((await refusal({ text: levels(9_999) })).message).toBe("invalid character '[' exceeded max depth")
    expect((await refusal({ text: '['.repeat(1_000_000) })).message).toBe("invalid character '[' exceeded max depth")
  })

  test('is given up where no daemon says so much', async () => {
    const piece = Buffer.alloc(1024 * 1024, ' ')
    const error = await refusal({
      handle: (response) => {
        const write = (): void => {
          while (!response.destroyed && response.write(piece));
          if (!response.destroyed) response.once('drain', write)
        }
        write()
      },
    })
    expect(error.message).toBe("the daemon's answer is too large: more than 64 MiB")
  })
})

describe('a reply that grows when it is filled', () => {
  test('is refused before it takes all memory', async () => {
    const error = await refusal({ text: `[${'{},'.repeat(1_000_100)}{}]` })
    expect(error.message).toBe("the daemon's answer is too large: more than 2000000 objects")
  }, 60_000)
})

describe('what an archive says of a path', () => {
  const stat = async (header: string) => {
    const headers = { 'X-Docker-Container-Path-Stat': Buffer.from(header).toString('base64') }
    const engine = await fakeEngine({ 'HEAD /containers/c/archive': { status: 200, headers } })
    return engine.engine().containers.statPath('c', '/x')
  }

  test.each([
    ['', 'EOF'],
    ['{"name":', 'unexpected EOF'],
    ['{"size":"x"}', 'json: cannot unmarshal string into Go struct field PathStat.size of type int64'],
    ['{"mode":-1}', 'json: cannot unmarshal number -1 into Go struct field PathStat.mode of type fs.FileMode'],
    ['5', 'json: cannot unmarshal number into Go value of type container.PathStat'],
  ])('is refused: %s', async (header, message) => {
    await expect(stat(header)).rejects.toThrow(`unable to decode container path stat header: ${message}`)
  })

  test('may leave things out', async () => {
    const zeros = { name: 'x', size: 0, mode: 0, mtime: '0001-01-01T00:00:00Z', linkTarget: '' }
    expect(await stat('{"name":"x"}')).toEqual(zeros)
  })
})

describe('how a container ended', () => {
  const exit = async (reply: Reply) => {
    const engine = await fakeEngine({ 'POST /containers/c/wait': reply })
    return (await engine.engine().containers.wait('c')).exited
  }

  test.each<[Reply, string]>([
    [{ json: [] }, 'json: cannot unmarshal array into Go value of type container.WaitResponse'],
    [{ json: 5 }, 'json: cannot unmarshal number into Go value of type container.WaitResponse'],
    [
      { json: { StatusCode: 'x' } },
      'json: cannot unmarshal string into Go struct field WaitResponse.StatusCode of type int64',
    ],
    [
      { text: '{"StatusCode":1180591620717411303424}' },
      'json: cannot unmarshal number 1180591620717411303424 into Go struct field WaitResponse.StatusCode of type int64',
    ],
    [{ text: '' }, 'EOF'],
    [{ text: '{"StatusCode":' }, 'unexpected EOF'],
    [{ text: 'proxy: the upstream is gone' }, 'proxy: the upstream is gone'],
  ])('is not told by %j', async (reply, message) => {
    await expect(exit(reply)).rejects.toThrow(message)
  })

  test('is zero where nothing is said', async () => {
    expect(await exit({ json: null })).toEqual({ StatusCode: 0 })
  })
})

describe("a refusal's message", () => {
  const refused = async (text: string, type = 'application/json') => {
    const engine = await fakeEngine({ 'GET /info': { status: 500, text, headers: { 'Content-Type': type } } })
    return engine
      .engine()
      .system.info()
      .then(
        () => '',
        (error: Error) => error.message,
      )
  }

  test.each([
    [
      '{"message":5}',
      'error reading JSON: json: cannot unmarshal number into Go struct field ErrorResponse.message of type string',
    ],
    ['[]', 'error reading JSON: json: cannot unmarshal array into Go value of type common.ErrorResponse'],
    ['<html>', "error reading JSON: invalid character '<' looking for beginning of value"],
    ['{"message":"a"} b', "error reading JSON: invalid character 'b' after top-level value"],
    ['null', 'Error response from daemon: API returned a 500 (Internal Server Error) but provided no error-message'],
    ['{"MESSAGE":" no "}', 'Error response from daemon: no'],
    [`{"message":${'['.repeat(20_000)}`, "error reading JSON: invalid character '[' exceeded max depth"],
  ])('%.20s', async (text, message) => {
    expect(await refused(text)).toBe(message)
  })

  test('is the text itself where it is no JSON', async () => {
    expect(await refused('<html>no</html>\n', 'text/html')).toBe('Error response from daemon: <html>no</html>')
  })
})
