import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, inject } from 'vitest'
import { type TestEngine, toTestEngine } from '../engines.ts'
import { sets } from './declared.ts'
import { call, startTestbed } from './testbed.ts'

/** A daemon of a swarm in the hands of a test. */
export interface SwarmNode extends TestEngine {
  /** Runs a command line, its words split at spaces and followed by `more`; gives its output, throws unless it succeeds. */
  run: (line: string, ...more: string[]) => Promise<string>
  /** As `run`, but gives the lines, without blanks at their ends and without empty ones. */
  rows: (line: string, ...more: string[]) => Promise<string[]>
  /** Ends the daemon and waits until it is gone: TERM as a system that shuts down, KILL as one that loses power. */
  end: (signal: 'TERM' | 'KILL') => Promise<void>
  /** Starts the daemon again and waits until it answers. */
  begin: () => Promise<void>
}

/**
 * Runs a block of tests on three daemons that make no swarm yet, started for this file alone and gone after it; each has the name
 * of its sandbox as its host name. Skipped where DOCKET_ENGINES does not name `swarm-3`.
 */
export async function onSwarm(title: string, body: (nodes: [SwarmNode, SwarmNode, SwarmNode]) => void): Promise<void> {
  const set = sets.find(({ name }) => name === 'swarm-3')
  if (set === undefined || !inject('sets').includes(set.name)) {
    describe.skip(`${title} (not run: swarm-3 is not among the engines)`, () => body([skipped, skipped, skipped]))
    return
  }
  const { testbed, stop } = await startTestbed(set.engines)
  describe(title, () => {
    afterAll(stop)
    const nodes = testbed.engines.map((engine) => toSwarmNode(toTestEngine(engine, testbed)))
    body(nodes as [SwarmNode, SwarmNode, SwarmNode])
  })
}

/** Makes a swarm of the nodes, the first one its manager, and pushes busybox as `image` for its tasks. */
export async function joinAll([first, ...others]: readonly [SwarmNode, ...SwarmNode[]], image: string): Promise<void> {
  await first.run('swarm init --advertise-addr', first.address)
  const token = await first.run('swarm join-token -q worker')
  for (const node of others) await node.run('swarm join --token', token, first.address)
  const workers = others.map((_, i) => `node-${i + 2} Ready Active`)
  await untilMembers(first, 'node-1 Ready Active Leader', ...workers)
  await first.run('tag busybox', image)
  await first.run('push -q', image)
}

/**
 * Makes an engine of a block of tests a swarm of its own for as long as they run, with busybox pushed as `image` before each. Gives
 * what runs a command that has to succeed, and gives the lines that it printed.
 */
export function swarmOfOne(engine: TestEngine, image: string): (...args: string[]) => Promise<string[]> {
  const lines = async (...args: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await engine.docket(args, { limit: 120_000 })
    if (code !== 0) throw new Error(`${args.join(' ')}: exit status ${code}\n${stdout}${stderr}`)
    return stdout.split('\n').filter((line) => line !== '')
  }
  beforeAll(async () => {
    const body = JSON.stringify({ ListenAddr: '127.0.0.1:2377', AdvertiseAddr: '127.0.0.1' })
    expect((await call(engine, 'POST', '/swarm/init', body)).status).toBe(200)
  })
  beforeEach(async () => {
    await lines('tag', 'busybox', image)
    await lines('push', '-q', image)
  })
  afterAll(async () => {
    await call(engine, 'POST', '/swarm/leave?force=1')
    // It stays when the swarm is gone.
    await call(engine, 'DELETE', '/networks/docker_gwbridge')
  })
  return lines
}

/** Waits until a service has logged `text`, and gives its logs. */
export function untilLogged(node: SwarmNode, service: string, text: string): Promise<string> {
  return until(`${service} logs ${text}`, async () =>
    only(await node.run('service logs --raw', service), (logs) => logs.includes(text)),
  )
}

/**
 * Waits until `look` finds something and gives it; what it throws, or undefined, means not yet. Throws what it threw last once
 * `limit` milliseconds have gone.
 */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>, limit = 120_000) {
  const end = Date.now() + limit
  for (;;) {
    let cause: unknown
    try {
      const found = await look()
      if (found !== undefined) return found
    } catch (error) {
      cause = error
    }
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${what}`, { cause })
    await sleep(200)
  }
}

/** Gives `found` once it `fits`; else says what it is, to be asked for again by `until`. */
export function only<T>(found: T, fits: (found: T) => boolean): T {
  if (!fits(found)) throw new Error(`found ${JSON.stringify(found)}`)
  return found
}

/**
 * Waits until `node` knows of just these nodes, in the order of their names: host name, status, availability and, of a manager,
 * its part, as in `node-1 Ready Active Leader`.
 */
export function untilMembers(node: SwarmNode, ...wanted: (string | RegExp)[]): Promise<unknown> {
  const fits = (text: string, like: string | RegExp | undefined): boolean =>
    like instanceof RegExp ? like.test(text) : text === like
  return until(`${node.name} knows ${wanted.join(', ')}`, async () => {
    const members = await node.rows(
      'node ls --format',
      '{{.Hostname}} {{.Status}} {{.Availability}} {{.ManagerStatus}}',
    )
    return only(
      members.toSorted(),
      (found) => found.length === wanted.length && found.every((text, i) => fits(text, wanted[i])),
    )
  })
}

function toSwarmNode(engine: TestEngine): SwarmNode {
  const control = join(engine.testbed.folder, 'sandboxes', engine.name, 'control')
  const answers = (): Promise<boolean> =>
    call(engine, 'GET', '/_ping').then(
      ({ status }) => status === 200,
      () => false,
    )
  const run: SwarmNode['run'] = async (line, ...more) => {
    const args = [...line.split(' '), ...more]
    const { code, stdout, stderr } = await engine.docket(args, { limit: 120_000 })
    if (code !== 0) throw new Error(`${args.join(' ')}: exit status ${code}\n${stdout}${stderr}`)
    return stdout.trimEnd()
  }
  return {
    ...engine,
    run,
    rows: async (line, ...more) =>
      (await run(line, ...more))
        .split('\n')
        .map((row) => row.trimEnd())
        .filter((row) => row !== ''),
    end: async (signal) => {
      await appendFile(control, `${signal}\n`)
      await until(`${engine.name} ends`, async () => ((await answers()) ? undefined : true))
    },
    begin: async () => {
      await appendFile(control, 'start\n')
      await until(`${engine.name} answers`, async () => (await answers()) || undefined)
    },
  }
}

/** Stands in where a block is only collected to be listed as skipped. */
const skipped = { testbed: { registries: {} } } as unknown as SwarmNode
