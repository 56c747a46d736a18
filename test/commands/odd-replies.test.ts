import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { wires } from '../../src/engine/wires.ts'
import { decode } from '../../src/go/decode.ts'
import type { Type } from '../../src/go/types.ts'
import { fakeEngine, type Reply, type Stub } from '../fake-engine.ts'
import { run } from '../harness.ts'
import { type Change, gaps, mutations, sample, wrongs } from '../sample-reply.ts'

type WireName = keyof typeof wires

/** A command line, and for each request the reply that it looks into. */
interface Case {
  readonly argv: readonly string[]
  readonly reads: Readonly<Record<string, WireName>>
  /** Replies that are not changed. */
  readonly others?: Readonly<Record<string, Stub>>
  readonly apiVersion?: string
  /** It shows what it has beside the error, and ends with 0, as the reference does. */
  readonly goesOn?: true
  /** How it ends for the whole reply, where that is not 0. */
  readonly exitCode?: number
}

const container = { 'GET /containers/c/json': 'container' } as const
const node = { 'GET /nodes/n': 'node' } as const
const done: Stub = { status: 204 }

const cases: readonly Case[] = [
  { argv: ['ps', '-a', '--no-trunc', '--size'], reads: { 'GET /containers/json': 'containers' } },
  {
    argv: ['ps', '--format', '{{json .}} {{.Networks}} {{.Mounts}} {{.Label "text"}}'],
    reads: { 'GET /containers/json': 'containers' },
  },
  { argv: ['create', 'busybox'], reads: { 'POST /containers/create': 'containerCreated' } },
  {
    argv: ['run', '-d', 'busybox'],
    reads: { 'POST /containers/create': 'containerCreated' },
    others: { 'POST /containers/text/start': done, 'POST /containers/text/wait': { json: { StatusCode: 0 } } },
  },
  { argv: ['wait', 'c'], reads: { 'POST /containers/c/wait': 'containerExit' } },
  { argv: ['top', 'c'], reads: { 'GET /containers/c/top': 'containerTop' } },
  { argv: ['diff', 'c'], reads: { 'GET /containers/c/changes': 'containerChanges' } },
  { argv: ['port', 'c'], reads: container },
  {
    argv: ['start', '-a', 'c'],
    reads: { ...container, 'POST /containers/text/wait': 'containerExit' },
    others: { 'POST /containers/text/start': done, 'POST /containers/text/attach': { hijack: () => undefined } },
    exitCode: 125,
  },
  {
    argv: ['attach', '--no-stdin', 'c'],
    reads: { ...container, 'POST /containers/c/wait': 'containerExit' },
    others: { 'POST /containers/c/attach': { hijack: () => undefined } },
    exitCode: 1,
  },
  {
    argv: ['exec', 'c', 'true'],
    reads: { 'POST /containers/c/exec': 'identified', 'GET /exec/text/json': 'exec' },
    others: { 'GET /containers/c/json': { json: {} }, 'POST /exec/text/start': { hijack: () => undefined } },
    exitCode: 3,
  },
  { argv: ['logs', 'c'], reads: container, others: { 'GET /containers/text/logs': { text: '' } } },
  { argv: ['container', 'inspect', 'c'], reads: container },
  { argv: ['container', 'inspect', '-f', '{{json .}}', 'c'], reads: container },
  { argv: ['update', '--memory', '1g', 'c'], reads: { 'POST /containers/c/update': 'containerUpdated' } },
  { argv: ['commit', 'c'], reads: { 'POST /commit': 'identified' } },
  { argv: ['container', 'prune', '-f'], reads: { 'POST /containers/prune': 'containersPruned' } },
  {
    argv: ['exec', '-d', 'c', 'true'],
    reads: { ...container, 'POST /containers/c/exec': 'identified' },
    others: { 'POST /exec/text/start': done },
  },
  { argv: ['stats', '--no-stream', 'c'], reads: { 'GET /containers/c/stats': 'containerStats' } },
  { argv: ['stats', '--no-stream', '--format', 'json', 'c'], reads: { 'GET /containers/c/stats': 'containerStats' } },
  { argv: ['checkpoint', 'ls', 'c'], reads: { 'GET /containers/c/checkpoints': 'checkpoints' } },
  { argv: ['images', '-a', '--digests'], reads: { 'GET /images/json': 'images' } },
  { argv: ['images', '--tree'], reads: { 'GET /images/json': 'images' } },
  { argv: ['images', '--format', 'json'], reads: { 'GET /images/json': 'images' } },
  { argv: ['image', 'inspect', 'i'], reads: { 'GET /images/i/json': 'image' } },
  { argv: ['history', 'i'], reads: { 'GET /images/i/history': 'imageHistory' } },
  { argv: ['rmi', 'i'], reads: { 'DELETE /images/i': 'imagesDeleted' } },
  { argv: ['image', 'prune', '-f'], reads: { 'POST /images/prune': 'imagesPruned' } },
  { argv: ['search', 'x'], reads: { 'GET /images/search': 'searchResults' } },
  { argv: ['network', 'ls'], reads: { 'GET /networks': 'networks' } },
  { argv: ['network', 'inspect', 'n'], reads: { 'GET /networks/n': 'network' } },
  { argv: ['network', 'create', 'n'], reads: { 'POST /networks/create': 'networkCreated' } },
  { argv: ['network', 'prune', '-f'], reads: { 'POST /networks/prune': 'networksPruned' } },
  { argv: ['volume', 'ls'], reads: { 'GET /volumes': 'volumes' } },
  { argv: ['volume', 'ls', '--cluster'], reads: { 'GET /volumes': 'volumes' } },
  { argv: ['volume', 'inspect', 'v'], reads: { 'GET /volumes/v': 'volume' } },
  { argv: ['volume', 'create', 'v'], reads: { 'POST /volumes/create': 'volume' } },
  { argv: ['volume', 'prune', '-f'], reads: { 'POST /volumes/prune': 'volumesPruned' } },
  { argv: ['plugin', 'ls'], reads: { 'GET /plugins': 'plugins' } },
  { argv: ['plugin', 'inspect', 'p'], reads: { 'GET /plugins/p/json': 'plugin' } },
  { argv: ['service', 'ls'], reads: { 'GET /services': 'services' } },
  { argv: ['service', 'inspect', 's'], reads: { 'GET /services/s': 'service' } },
  {
    argv: ['service', 'inspect', '--pretty', 's'],
    reads: { 'GET /services/s': 'service' },
    others: { 'GET /networks/text': { error: 'no' } },
  },
  {
    argv: ['node', 'ps', 'n'],
    reads: { ...node, 'GET /tasks': 'tasks' },
    // What cannot be looked up is shown by its ID.
    others: { 'GET /nodes/text': { json: { Spec: null } }, 'GET /services/text': { json: [] } },
  },
  { argv: ['node', 'ls'], reads: { 'GET /nodes': 'nodes', 'GET /info': 'info' } },
  { argv: ['node', 'inspect', 'n'], reads: node },
  { argv: ['node', 'inspect', '--pretty', 'n'], reads: node },
  {
    argv: ['node', 'update', '--availability', 'drain', 'n'],
    reads: node,
    others: { 'POST /nodes/text/update': done, 'POST /nodes/n/update': done },
  },
  { argv: ['secret', 'ls'], reads: { 'GET /secrets': 'secrets' } },
  { argv: ['secret', 'inspect', '--pretty', 's'], reads: { 'GET /secrets/s': 'secret' } },
  { argv: ['secret', 'create', 's', '-'], reads: { 'POST /secrets/create': 'secretCreated' } },
  { argv: ['config', 'ls'], reads: { 'GET /configs': 'configs' } },
  { argv: ['config', 'inspect', '--pretty', 'c'], reads: { 'GET /configs/c': 'config' } },
  { argv: ['config', 'create', 'c', '-'], reads: { 'POST /configs/create': 'configCreated' } },
  { argv: ['version'], reads: { 'GET /version': 'version' } },
  { argv: ['version', '--format', '{{json .}}'], reads: { 'GET /version': 'version' } },
  { argv: ['info'], reads: { 'GET /info': 'info' } },
  { argv: ['info', '--format', '{{json .}}'], reads: { 'GET /info': 'info' }, goesOn: true },
  { argv: ['system', 'df'], reads: { 'GET /system/df': 'diskUsage' } },
  { argv: ['system', 'df', '-v'], reads: { 'GET /system/df': 'diskUsage' } },
  { argv: ['system', 'df', '-v'], reads: { 'GET /system/df': 'legacyDiskUsage' }, apiVersion: '1.50' },
  { argv: ['events', '--until', '1'], reads: { 'GET /events': 'event' } },
  { argv: ['pull', 'busybox'], reads: { 'POST /images/create': 'progress' } },
  { argv: ['push', 'busybox'], reads: { 'POST /images/docker.io/library/busybox/push': 'progress' } },
  { argv: ['load'], reads: { 'POST /images/load': 'progress' } },
]

const cwd = path.resolve('.')

/** What only a program that lost its way says. */
const JAVASCRIPT =
  /is not a function|is not iterable|Cannot (?:read|convert|destructure)|undefined|\bNaN\b|\[object |Invalid time|call stack|is not valid JSON|Unexpected (?:token|end)/

async function outcomes(tried: Case, changes: readonly Change[], most: number) {
  const { argv, reads, others = {}, apiVersion } = tried
  const types = new Map<string, Type>()
  for (const [request, wire] of Object.entries(reads)) types.set(request, await wires[wire]())
  const whole = new Map([...types].map(([request, type]) => [request, sample(type)]))
  let now: Reply | undefined
  let changed = ''
  const stubs = [...whole].map(([request, value]) => [
    request,
    (): Reply => (request === changed && now !== undefined ? now : { json: value }),
  ])
  const optional = { ...Object.fromEntries(stubs), ...others } as Record<string, Stub>
  const engine = await fakeEngine(
    {},
    { optional, swarm: 'active/manager', experimental: true, ...(apiVersion && { apiVersion }) },
  )
  const answered = await run(argv, { engine, stdin: 'x', cwd })
  expect(answered, 'with the whole reply').toMatchObject({ exitCode: tried.exitCode ?? 0 })
  const found: string[] = []
  let count = 0
  for (const [request, value] of whole) {
    for (const mutation of mutations(value, changes, most)) {
      if (mutation.value === undefined) continue
      changed = request
      now = { json: mutation.value }
      count++
      const signal = AbortSignal.timeout(30_000)
      const { stdout, stderr, exitCode } = await run(argv, { engine, stdin: 'x', signal, cwd: cwd })
      const refused = isRefused(types.get(request) as Type, mutation.value)
      const said = JAVASCRIPT.exec(stdout + stderr)?.[0]
      const complaint =
        said ??
        (signal.aborted
          ? 'hangs'
          : refused !== undefined && exitCode === 0 && !(tried.goesOn && stderr.includes(refused))
            ? `0 for ${refused}`
            : '')
      if (complaint !== '')
        found.push(`${argv.join(' ')}, ${request} ${mutation.name}: ${complaint}: ${(stderr || stdout).slice(0, 200)}`)
    }
  }
  return { found, count }
}

function isRefused(type: Type, value: unknown): string | undefined {
  try {
    decode(type, JSON.stringify(value))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

describe('a reply that is not as it should be', () => {
  test.each(cases.map((each) => [`${each.argv.join(' ')} (${Object.values(each.reads).join(', ')})`, each] as const))(
    '%s',
    async (_, each) => {
      const empty = await outcomes(each, gaps, 12)
      const wrong = await outcomes(each, wrongs, 4)
      expect([...empty.found, ...wrong.found]).toEqual([])
      expect(empty.count + wrong.count).toBeGreaterThan(5)
    },
    120_000,
  )
})

describe('a reply that is no JSON', () => {
  const bodies: Readonly<Record<string, Reply>> = {
    '204': { status: 204 },
    '302': { status: 302 },
    '304': { status: 304 },
    'an empty one': { text: '' },
    'half of one': { text: '[{"Id":"a' },
    'a page': { text: '<html>', headers: { 'Content-Type': 'text/html' } },
  }

  // A stream of messages may be empty.
  const whole = cases.filter(
    ({ reads }) => !Object.values(reads).some((wire) => wire === 'progress' || wire === 'event'),
  )

  test.each(whole.map((each) => [`${each.argv.join(' ')} (${Object.values(each.reads).join(', ')})`, each] as const))(
    '%s',
    async (_, { argv, reads, others = {}, apiVersion, goesOn }) => {
      let now: Reply = {}
      const [request = ''] = Object.keys(reads)
      const optional: Record<string, Stub> = { ...others }
      for (const [other, wire] of Object.entries(reads)) optional[other] = { json: sample(await wires[wire]()) }
      optional[request] = () => now
      const engine = await fakeEngine(
        {},
        { optional, swarm: 'active/manager', experimental: true, ...(apiVersion && { apiVersion }) },
      )
      for (const [name, body] of Object.entries(bodies)) {
        now = body
        const { stdout, stderr, exitCode } = await run(argv, { engine, stdin: 'x', cwd })
        expect(stdout + stderr, name).not.toMatch(JAVASCRIPT)
        expect(stderr, name).toMatch(/EOF|invalid character|<html>|unexpected redirect/)
        if (!goesOn) expect(exitCode, name).not.toBe(0)
      }
    },
    60_000,
  )
})
