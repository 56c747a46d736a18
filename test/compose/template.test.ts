import { describe, expect, it, test } from 'vitest'
import { substitute } from '../../src/compose/template.ts'

const lookup = (name: string) => ({ FOO: 'first', BAR: '' })[name]

describe('substitute', () => {
  test.each([
    ['foo', 'foo'],
    ['$${foo}', '${foo}'],
    ['a$$b$FOO', 'a$bfirst'],
    ['This ${missing} var', 'This  var'],
    ['This ${BAR} var', 'This  var'],
    ['This $FOO var', 'This first var'],
    ['This ${FOO} var', 'This first var'],
    ['ok ${missing:-def}', 'ok def'],
    ['ok ${missing-def}', 'ok def'],
    ['ok ${BAR:-def}', 'ok def'],
    ['ok ${FOO:-def}', 'ok first'],
    ['ok ${BAR-def}', 'ok '],
    ['ok ${BAR:-/non:-alphanumeric}', 'ok /non:-alphanumeric'],
    ['ok ${missing:-a\nb}', 'ok a\nb'],
    ['ok ${FOO:?err}', 'ok first'],
    ['ok ${FOO?err}', 'ok first'],
    ['ok ${BAR?err}', 'ok '],
    ['ok $missing:-def and', 'ok def and'],
    ['ok ${missing-$FOO}', 'ok $FOO'],
  ])('%j is %j', (text, expected) => {
    expect(substitute(text, lookup)).toBe(expected)
  })

  test.each(['${', '$}', '${}', '${ }', '${ foo}', '${foo }', '${foo!}', 'a $ b', '$5'])('refuses %j', (text) => {
    expect(() => substitute(text, lookup)).toThrow(text)
  })

  test.each([
    ['${UNSET:?Mandatory Variable Unset}', 'required variable UNSET is missing a value: Mandatory Variable Unset'],
    ['${BAR:?Mandatory Variable Empty}', 'required variable BAR is missing a value: Mandatory Variable Empty'],
    ['${UNSET:?}', 'required variable UNSET is missing a value: '],
    ['${UNSET?Unset}', 'required variable UNSET is missing a value: Unset'],
    ['${UNSET?}', 'required variable UNSET is missing a value: '],
  ])('%j must be set', (text, message) => {
    expect(() => substitute(`not ok ${text}`, lookup)).toThrow(message)
  })

  it('forgets a fault that a reference in order follows', () => {
    expect(substitute('$ ${FOO}', lookup)).toBe(' first')
  })
})
