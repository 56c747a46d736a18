import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { complete, renderCompletion } from '../../src/cli/complete.ts'
import { catalog } from '../../src/catalog.ts'
import { texts } from '../../src/catalog-texts.ts'
import { loadCommand } from '../../src/load-command.ts'
import { run } from '../harness.ts'

const program = { catalog, load: loadCommand, texts: () => Promise.resolve(texts) }
const words = async (...line: string[]) => (await complete(program, line)).candidates.map(({ word }) => word)
const source = async (...line: string[]) => (await complete(program, line)).source

describe('completion', () => {
  it('offers commands and their verbs', async () => {
    expect(await words('pau')).toEqual(['pause'])
    expect(await words('container', 'unp')).toEqual(['unpause'])
    expect(await words('-D', 'pau')).toEqual(['pause'])
    expect(await words('bogus', '')).toEqual([])
  })

  it('offers flags, and no hidden ones', async () => {
    expect(await words('volume', 'create', '--na')).toEqual([])
    expect(await words('volume', 'create', '--dr')).toEqual(['--driver'])
    expect(await words('volume', 'create', '-')).toContain('-d')
    expect(await words('--log')).toEqual(['--log-level'])
  })

  it('asks the right source for arguments and for values of flags', async () => {
    expect(await source('pause', '')).toBe('container-unpaused')
    expect(await source('stop', '--signal', '')).toBe('signals')
    expect(await source('stop', '-t', '')).toBeUndefined()
    expect(await source('stop', '-t', '5', '')).toBe('container-running')
    expect(await source('stop', '--signal=')).toBe('signals')
    expect(await source('stop', '-s', 'KILL', '')).toBe('container-running')
    expect(await source('stop', '-sKILL', '')).toBe('container-running')
    expect(await source('--context', '')).toBe('contexts')
  })

  it('renders for the shell: one word a line, tabs before summaries, then the directive', () => {
    const candidates = [{ word: 'pull', summary: 'x' }, { word: 'push' }, { word: 'push' }]
    expect(renderCompletion(candidates, 'pu', 4, true)).toBe('pull\tx\npush\n:4\n')
    expect(renderCompletion(candidates, 'pus', 6, false)).toBe('push\n:6\n')
  })

  it('is answered to a shell', async () => {
    expect((await run(['__complete', 'pau'])).stdout).toMatch(/^pause\t.+\n:4\n$/)
    expect((await run(['__completeNoDesc', 'pau'])).stdout).toBe('pause\n:4\n')
  })
})

describe('docker completion', () => {
  it.each([[['completion']], [['completion', 'nosuch']], [['completion', 'nosuch', 'more']]])(
    'answers %j with its help',
    async (argv) => {
      const { stdout, stderr, exitCode } = await run(argv)
      expect([exitCode, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^Usage: {2}docker completion COMMAND\n/)
    },
  )

  it.each(['bash', 'fish', 'powershell', 'zsh'])('takes no word after %s', async (shell) => {
    const { stdout, stderr, exitCode } = await run(['completion', shell, 'é"'])
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toBe(`unknown command "é\\"" for "docker completion ${shell}"\n`)
  })
})

describe('the bash script', () => {
  it('fills COMPREPLY with what the program answers', async () => {
    const { stdout } = await run(['completion', 'bash'])
    const script = `docker() { [[ $1 == __completeNoDesc && $2 == ps && $3 == --al ]] && printf '%s\\n' --all :4; }
${stdout}
COMP_WORDS=(docker ps --al) COMP_CWORD=2 COMP_LINE='docker ps --al' COMP_POINT=14
_docker_complete
printf '%s|' "\${COMPREPLY[@]}"`
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('--all|')
  })

  // What readline has in hand is what follows the last word break: of --filter=name=we that is `we`.
  it.each([
    ['--filter=name=we', 'name=web :4', 'web|'],
    ['name=', 'name=web name=api :4', 'web|api|'],
    ['--filter=', 'name= mode= :6', 'name=|mode=|nospace|'],
    ['reg:50', 'reg:5000/a :4', '5000/a|'],
    ['f', ':0', 'default|'],
  ])('gives readline the rest of %s', async (typed, answer, completed) => {
    const { stdout } = await run(['completion', 'bash'])
    const script = `docker() { printf '%s\\n' ${answer}; }
compopt() { options="$2|"; }
_get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}") cword=1; }
${stdout}
COMP_WORDS=(docker '${typed}') COMP_CWORD=1
_docker_complete
[[ \${#COMPREPLY[@]} -gt 0 ]] && printf '%s|' "\${COMPREPLY[@]}"
printf '%s' "$options"`
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe(completed)
  })
})
