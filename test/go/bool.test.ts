import { describe, expect, it } from 'vitest'
import { parseBool } from '../../src/go/bool.ts'

describe('parseBool', () => {
  it.each<[string, unknown]>([
    ['1', true],
    ['t', true],
    ['T', true],
    ['TRUE', true],
    ['true', true],
    ['True', true],
    ['0', false],
    ['f', false],
    ['F', false],
    ['FALSE', false],
    ['false', false],
    ['False', false],
  ])('reads %j', (text, value) => {
    expect(parseBool(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'strconv.ParseBool: parsing "": invalid syntax'],
    ['yes', 'strconv.ParseBool: parsing "yes": invalid syntax'],
    ['tRUE', 'strconv.ParseBool: parsing "tRUE": invalid syntax'],
    ['maybe', 'strconv.ParseBool: parsing "maybe": invalid syntax'],
    [' true', 'strconv.ParseBool: parsing " true": invalid syntax'],
  ])('refuses %j', (text, message) => {
    expect(() => parseBool(text)).toThrow(expect.objectContaining({ message }))
  })
})
