import { describe, expect, it } from 'vitest'
import { parseRestartPolicy } from '../../src/parse/restart.ts'

describe('parseRestartPolicy', () => {
  it.each<[string, unknown]>([
    ['', { Name: '', MaximumRetryCount: 0 }],
    ['no', { Name: 'no', MaximumRetryCount: 0 }],
    ['always', { Name: 'always', MaximumRetryCount: 0 }],
    ['on-failure', { Name: 'on-failure', MaximumRetryCount: 0 }],
    ['on-failure:5', { Name: 'on-failure', MaximumRetryCount: 5 }],
    ['on-failure:', { Name: 'on-failure', MaximumRetryCount: 0 }],
    ['bogus', { Name: 'bogus', MaximumRetryCount: 0 }],
    ['always:-1', { Name: 'always', MaximumRetryCount: -1 }],
    ['on-failure:0', { Name: 'on-failure', MaximumRetryCount: 0 }],
  ])('reads %j', (text, value) => {
    expect(parseRestartPolicy(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['on-failure:x', 'invalid restart policy format: maximum retry count must be an integer'],
    [':3', 'invalid restart policy format: no policy provided before colon'],
    [':', 'invalid restart policy format: no policy provided before colon'],
    ['a:b:c', 'invalid restart policy format: maximum retry count must be an integer'],
  ])('refuses %j', (text, message) => {
    expect(() => parseRestartPolicy(text)).toThrow(new Error(message))
  })
})
