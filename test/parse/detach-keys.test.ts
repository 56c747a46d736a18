import { describe, expect, it } from 'vitest'
import { parseDetachKeys } from '../../src/parse/detach-keys.ts'

describe('parseDetachKeys', () => {
  it.each<[string, unknown]>([
    ['ctrl-p,ctrl-q', [16, 17]],
    ['a', [97]],
    ['a,b', [97, 98]],
    ['DEL', [127]],
    ['ctrl-@', [0]],
    ['ctrl-[', [27]],
    ['ctrl-\\', [28]],
    ['ctrl-]', [29]],
    ['ctrl-^', [30]],
    ['ctrl-_', [31]],
    [' ', [32]],
  ])('reads %j', (text, value) => {
    expect([...parseDetachKeys(text)]).toEqual(value)
  })
  it.each<[string, string]>([
    ['ctrl-A', "Unknown character: 'ctrl-A'"],
    ['ctrl-', "Unknown character: 'ctrl-'"],
    ['', "Unknown character: ''"],
    ['ab', "Unknown character: 'ab'"],
    ['a,,b', "Unknown character: ''"],
    [',', "Unknown character: ''"],
    ['ctrl-p,', "Unknown character: ''"],
    ['é', "Unknown character: 'é'"],
    ['ctrl-1', "Unknown character: 'ctrl-1'"],
    ['del', "Unknown character: 'del'"],
  ])('refuses %j', (text, message) => {
    expect(() => [...parseDetachKeys(text)]).toThrow(new Error(message))
  })
})
