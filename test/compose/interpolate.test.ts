import { describe, expect, it, test } from 'vitest'
import { rewritten, rewrittenService, service } from './load-texts.ts'

const env = { USER: 'jenny', FOO: 'bar', NUMBER: '5', YES: 'On', NO: 'n', SIZE: '10M', RATIO: '0.25' }

describe('interpolation', () => {
  it('replaces variables in values, not in names', async () => {
    const lines = ['volumes: ["$FOO:/target"]', 'logging: {driver: "${FOO}", options: {$USER: "$USER"}}']
    expect(await rewrittenService(lines, { env })).toEqual([
      'logging:',
      '  driver: bar',
      '  options:',
      '    $USER: jenny',
      'volumes:',
      '  - type: volume',
      '    source: bar',
      '    target: /target',
    ])
  })

  it('gives numbers and truth values where they belong', async () => {
    const lines = [
      'configs: [{source: c, mode: $NUMBER}]',
      'secrets: [{source: s, mode: "${NUMBER}"}]',
      'healthcheck: {retries: $NUMBER, disable: $YES}',
      'deploy:',
      '  replicas: $NUMBER',
      '  update_config: {parallelism: $NUMBER, max_failure_ratio: $RATIO}',
      '  restart_policy: {max_attempts: $NUMBER}',
      '  placement: {max_replicas_per_node: $NUMBER}',
      'ports: [{target: $NUMBER, published: $NUMBER}]',
      'ulimits: {nproc: $NUMBER, nofile: {hard: $NUMBER, soft: $NUMBER}}',
      'privileged: $YES',
      'read_only: $NO',
      'stdin_open: $YES',
      'tty: $YES',
      'volumes: [{type: volume, target: /t, read_only: $YES, volume: {nocopy: $YES}}]',
    ]
    const values: Record<string, string> = { NUMBER: '5', YES: 'true', NO: 'false', RATIO: '0.25' }
    const same = lines.map((line) => line.replace(/"?\$(?:\{(\w+)\}|(\w+))"?/g, (_, x, y) => values[x ?? y] ?? ''))
    expect(await rewrittenService(lines, { env })).toEqual(await rewrittenService(same))
    const objects = 'networks: {n: {internal: $YES, attachable: $NO}, e: {external: $YES}}'
    expect(await rewritten(`${service()}${objects}`, { env })).toContain('e:\n    name: e\n    external: true')
  })

  test.each([
    [
      'image: "${"',
      'invalid interpolation format for services.a.image: "${"; you may need to escape any $ with another $',
    ],
    [
      'image: ${X?no "x"}',
      'invalid interpolation format for services.a.image: "required variable X is missing a value: no \\"x\\""; you may need to escape any $ with another $',
    ],
    [
      'dns: ["$"]',
      'invalid interpolation format for services.a.dns.[]: "$"; you may need to escape any $ with another $',
    ],
    [
      'ulimits: {nofile: {soft: $FOO, hard: 1}}',
      'error while interpolating services.a.ulimits.nofile.soft: failed to cast to expected type: strconv.Atoi: parsing "bar": invalid syntax',
    ],
    ['tty: $FOO', 'error while interpolating services.a.tty: failed to cast to expected type: invalid boolean: bar'],
    [
      'deploy: {update_config: {max_failure_ratio: $FOO}}',
      'error while interpolating services.a.deploy.update_config.max_failure_ratio: failed to cast to expected type: strconv.ParseFloat: parsing "bar": invalid syntax',
    ],
  ])('%s is told of with its place', async (line, message) => {
    await expect(rewritten(`services:\n  a:\n    ${line}\n`, { env })).rejects.toThrow(message)
  })

  it('can be left out', async () => {
    const written = await rewritten(service('command: echo $$HOME ${X}'), { skipInterpolation: true })
    expect(written).toContain('- $$HOME\n      - ${X}\n')
  })
})
