import { describe, expect, it } from 'vitest'
import {
  toEndpoint,
  toHealthcheck,
  toMode,
  toResources,
  toRestartPolicy,
  toUpdateConfig,
} from '../../../../src/commands/stack/_convert/tasks.ts'

describe('the mode of a service', () => {
  it.each([
    [{}, { Replicated: {} }],
    [{ mode: 'replicated', replicas: 0 }, { Replicated: { Replicas: 0 } }],
    [{ replicas: 2 }, { Replicated: { Replicas: 2 } }],
    [{ mode: 'global' }, { Global: {} }],
    [{ mode: 'replicated-job' }, { ReplicatedJob: {} }],
    [{ mode: 'replicated-job', replicas: 3 }, { ReplicatedJob: { MaxConcurrent: 3, TotalCompletions: 3 } }],
    [{ mode: 'global-job' }, { GlobalJob: {} }],
  ])('%j', (deploy, mode) => {
    expect(toMode(deploy)).toEqual(mode)
  })

  it.each([
    [{ mode: 'global', replicas: 1 }, 'replicas can only be used with replicated or replicated-job mode'],
    [{ mode: 'global-job', replicas: 0 }, 'replicas can only be used with replicated or replicated-job mode'],
    [{ mode: 'foo' }, 'unknown mode: foo'],
  ])('is not %j', (deploy, message) => {
    expect(() => toMode(deploy)).toThrow(message)
  })
})

describe('the endpoint of a service', () => {
  it('sorts ports by where they are published, then by target, protocol and mode', () => {
    const port = (published: number, target: number, protocol = 'tcp', mode = 'ingress') => ({
      published,
      target,
      protocol,
      mode,
    })
    const ports = [
      port(1053, 53, 'udp', 'host'),
      port(80, 8080),
      port(80, 443),
      port(80, 443, 'sctp'),
      port(80, 443, 'tcp', 'host'),
    ]
    const { Mode, Ports } = toEndpoint('DNSRR', ports)
    expect(Mode).toBe('dnsrr')
    expect(
      Ports!.map(({ PublishedPort, TargetPort, Protocol, PublishMode }) =>
        [PublishedPort, TargetPort, Protocol, PublishMode].join(' '),
      ),
    ).toEqual([
      '80 443 sctp ingress',
      '80 443 tcp host',
      '80 443 tcp ingress',
      '80 8080 tcp ingress',
      '1053 53 udp host',
    ])
  })

  it('is there without ports', () => {
    expect(toEndpoint(undefined, undefined)).toEqual({ Mode: '', Ports: [] })
  })
})

describe('the resources of a service', () => {
  it('are billionths of CPUs and bytes', () => {
    const limits = { cpus: '0.003', memory: 300000000, pids: 5 }
    const generic_resources = [{ discrete_resource_spec: { kind: 'gpu', value: 2 } }, {}]
    expect(toResources({ limits, reservations: { cpus: '0.002', memory: 200000000, generic_resources } })).toEqual({
      Limits: { NanoCPUs: 3000000, MemoryBytes: 300000000, Pids: 5 },
      Reservations: {
        NanoCPUs: 2000000,
        MemoryBytes: 200000000,
        GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }, {}],
      },
    })
  })

  it('may be memory alone, or none', () => {
    expect(toResources({ limits: { memory: 1n << 62n } })).toEqual({
      Limits: { NanoCPUs: 0, MemoryBytes: 1n << 62n, Pids: 0 },
    })
    expect(toResources()).toEqual({})
    expect(() => toResources({ limits: { cpus: 'x' } })).toThrow('failed to parse x as a rational number')
  })
})

describe('the restart policy of a service', () => {
  it.each([
    ['', undefined],
    ['no', undefined],
    ['always', { Condition: 'any' }],
    ['unless-stopped', { Condition: 'any' }],
    ['always:3', { Condition: 'any', MaxAttempts: 3 }],
    ['on-failure', { Condition: 'on-failure' }],
    ['on-failure:4', { Condition: 'on-failure', MaxAttempts: 4 }],
  ])('%j of old', (restart, policy) => {
    expect(toRestartPolicy(restart, undefined)).toEqual(policy)
  })

  it('is what deploy says first', () => {
    expect(toRestartPolicy('always', { condition: 'none', delay: 0n, max_attempts: 0 })).toEqual({
      Condition: 'none',
      Delay: 0n,
      MaxAttempts: 0,
      Window: null,
    })
  })

  it.each([
    ['unknown', "invalid restart policy: unknown policy 'unknown'"],
    ['always:-1', 'invalid restart policy: maximum retry count cannot be negative'],
    ['always:x', 'invalid restart policy format: maximum retry count must be an integer'],
    [':1', 'invalid restart policy format: no policy provided before colon'],
  ])('is not %j', (restart, message) => {
    expect(() => toRestartPolicy(restart, undefined)).toThrow(message)
  })
})

describe('the health check of a service', () => {
  it('has all its times', () => {
    const second = 1_000_000_000n
    expect(
      toHealthcheck({
        test: ['CMD', 'true'],
        timeout: 30n * second,
        interval: 2n * second,
        retries: 10,
        start_period: 60n * second,
        start_interval: second,
      }),
    ).toEqual({
      Test: ['CMD', 'true'],
      Timeout: 30n * second,
      Interval: 2n * second,
      Retries: 10,
      StartPeriod: 60n * second,
      StartInterval: second,
    })
  })

  it('may be off, and not both', () => {
    expect(toHealthcheck(undefined)).toBeUndefined()
    expect(toHealthcheck({ disable: true })).toEqual({ Test: ['NONE'] })
    expect(() => toHealthcheck({ disable: true, test: ['CMD', 'x'] })).toThrow(
      "test and disable can't be set at the same time",
    )
  })
})

describe('how a service is updated', () => {
  it('is one task at a time unless said otherwise', () => {
    expect(toUpdateConfig(undefined)).toBeUndefined()
    expect(toUpdateConfig({})).toMatchObject({ Parallelism: 1, Order: '' })
    expect(
      toUpdateConfig({
        parallelism: 0,
        delay: 5n,
        failure_action: 'rollback',
        monitor: 6n,
        max_failure_ratio: 0.5,
        order: 'start-first',
      }),
    ).toEqual({
      Parallelism: 0,
      Delay: 5n,
      FailureAction: 'rollback',
      Monitor: 6n,
      MaxFailureRatio: 0.5,
      Order: 'start-first',
    })
  })
})
