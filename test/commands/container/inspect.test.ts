import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const web = { 'GET /containers/web/json': { text: '{"Id":"abc","Extra":{"Deep":1.50}}\n' } }
const missing = { status: 404, error: 'No such container: nope' }

describe('docker container inspect', () => {
  it("lays the daemon's own text out, numbers and all", async () => {
    const engine = await fakeEngine(web)
    const outcome = await run(['container', 'inspect', 'web'], { engine })
    const text = '[\n    {\n        "Id": "abc",\n        "Extra": {\n            "Deep": 1.50\n        }\n    }\n]\n'
    expect(outcome).toEqual({ stdout: text, stderr: '', exitCode: 0 })
  })

  it('shows what there is beside what is missing', async () => {
    const engine = await fakeEngine({ ...web, 'GET /containers/nope/json': missing })
    expect(await run(['container', 'inspect', '-f', 'json', 'nope', 'web'], { engine })).toEqual({
      stdout: '[{"Id":"abc","Extra":{"Deep":1.50}}]\n',
      stderr: 'Error response from daemon: No such container: nope\n',
      exitCode: 1,
    })
    expect((await run(['container', 'inspect', 'nope'], { engine })).stdout).toBe('[]\n')
    expect((await run(['container', 'inspect', '-f', '{{.ID}}', 'nope'], { engine })).stdout).toBe('\n')
  })

  it('takes a template, first over the typed object and then over the text', async () => {
    const engine = await fakeEngine(web)
    const show = async (format: string) => run(['container', 'inspect', '-f', format, 'web'], { engine })
    expect((await show('{{.ID}} {{.Path}}')).stdout).toBe('abc \n')
    expect((await show('{{.Id}} {{.Extra.Deep}}')).stdout).toBe('abc 1.50\n')
    expect(await show('{{.Nope}}')).toEqual({
      stdout: '\n',
      stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"\n',
      exitCode: 1,
    })
  })

  it('refuses a template that does not parse before it asks anything', async () => {
    const engine = await fakeEngine()
    expect(await run(['container', 'inspect', '-f', '{{', 'web'], { engine })).toEqual({
      stdout: '',
      stderr: 'template parsing error: template: :1: unclosed action\n',
      exitCode: 64,
    })
  })

  it('tells a broken answer from an empty one', async () => {
    const engine = await fakeEngine({
      'GET /containers/a/json': { text: '' },
      'GET /containers/b/json': { text: '{"Id":' },
      'GET /containers/c/json': { text: 'oops' },
    })
    expect((await run(['container', 'inspect', 'a', 'b', 'c'], { engine })).stderr).toBe(
      "EOF\nunexpected EOF\ninvalid character 'o' looking for beginning of value\n",
    )
  })
})
