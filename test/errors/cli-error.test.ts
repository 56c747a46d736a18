import { expect, it } from 'vitest'
import { report } from '../../src/cli/report.ts'
import { withHelp } from '../../src/commands/container/_create/create.ts'
import { CliError, cliError, joinErrors, noEngine, NO_ENGINE, reword, wrap } from '../../src/errors/cli-error.ts'

const found = new CliError('no such thing', { code: 'thing/missing', exitCode: 7, hint: 'Make one.' })

it('keeps code, exit status, hint and cause behind a prefix', () => {
  const wrapped = wrap(found, 'cannot go on')
  expect(wrapped).toMatchObject({
    message: 'cannot go on: no such thing',
    code: 'thing/missing',
    exitCode: 7,
    hint: 'Make one.',
  })
  expect(wrapped.cause).toBe(found)
  expect(wrap(wrapped, 'again')).toMatchObject({ message: 'again: cannot go on: no such thing', code: 'thing/missing' })
})

it('keeps them under another message, but for what is told anew', () => {
  const changed = reword(found, 'gone', { code: 'thing/gone', exitCode: 64 })
  expect(changed).toMatchObject({ message: 'gone', code: 'thing/gone', exitCode: 64, hint: 'Make one.', cause: found })
})

it('takes anything that was thrown', () => {
  expect(wrap(new Error('plain'), 'x')).toMatchObject({ message: 'x: plain', code: 'failure', exitCode: 1 })
  expect(wrap('text', 'x')).toMatchObject({ message: 'x: text', code: 'failure' })
  expect(wrap(null, 'x').message).toBe('x: null')
  expect(wrap(Object.assign(new Error('e'), { code: 5, exitCode: 'no', hint: {} }), 'x')).toMatchObject({
    code: 'failure',
    exitCode: 1,
    hint: undefined,
  })
})

it('tells why there is no engine with the hint of what was wrong', () => {
  const error = noEngine(wrap(found, 'unable to resolve docker endpoint'))
  expect(error).toMatchObject({ code: NO_ENGINE, hint: 'Make one.' })
  expect(error.message).toBe('Failed to initialize: unable to resolve docker endpoint: no such thing')
})

it('shows the hint of what kept a container from being made', () => {
  const shown = report(withHelp(found, 'docker', 'run'), { terminal: true, debug: false })
  expect(shown).toEqual({
    text: "docker: no such thing\n\nRun 'docker run --help' for more information\nMake one.\n",
    exitCode: 125,
  })
})

it('joins errors that stay what they are', () => {
  const other = cliError('refused')
  const joined = joinErrors([other, found])
  expect(joined).toBeInstanceOf(AggregateError)
  expect(joined.errors).toEqual([other, found])
  expect(joined).toMatchObject({ message: 'refused\nno such thing', code: 'failure', exitCode: 1, hint: 'Make one.' })
  expect(joinErrors([found, found]).code).toBe('thing/missing')
  expect(report(joined, { terminal: false, debug: false })).toEqual({ text: 'refused\nno such thing\n', exitCode: 1 })
})
