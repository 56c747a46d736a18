import fs from 'node:fs'
import path from 'node:path'
import { failingAs } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { fromFolder } from '../../go/path.ts'
import { quote } from '../../go/quote.ts'
import { inputChunks } from '../../streams/input-chunks.ts'
import type { Input } from '../../streams/stdio.ts'
import { readDockerfile, sniffArchive } from '../classic/stdin.ts'
import type { BuildOptions } from '../flags/options.ts'
import type { ContentFolder } from '../session/content-folder.ts'
import { openLayoutContext } from './layout-context.ts'
import { hasGitQuery, isHttp, isRemote } from './remote.ts'
import { temporaryFolder } from '../../go/temporary-folder.ts'

/** What a build is made from, as the frontend is told of it and as the session serves it. */
export interface BuildInputs {
  readonly attributes: Readonly<Record<string, string>>
  /** The folders that the session serves, by the names that the builder asks for them by. */
  readonly folders: Readonly<Record<string, string>>
  /** The same for builds of the same folder, so that the builder keeps what it has of it. */
  readonly sharedKey: string
  /** An archive on stdin, by the id that the builder asks for it by. */
  readonly upload?: { readonly id: string; readonly chunks: AsyncIterable<Uint8Array> }
  /** Image layouts that the session serves, by the names that the builder asks for them by. */
  readonly content: ReadonlyMap<string, ContentFolder>
  /** The folder and the name of the Dockerfile, where it is one of ours. */
  readonly dockerfile?: { readonly folder: string; readonly name: string }
  /** Removes what was written for the build. */
  close(): void
}

/** What inputs depend on besides the options. */
export interface InputWorld {
  readonly in: Pick<Input, 'pump' | 'release'>
  readonly cwd: string
  readonly getwd: () => string
  readonly env: Readonly<Record<string, string | undefined>>
  /** This machine's name among those that build folders of the same name. */
  readonly nodeId: string
  readonly newId: () => string
  /** Has the builder download a Dockerfile. */
  readonly fetch: (url: string) => Promise<Buffer>
}

/** Finds the context that `specified` means, the Dockerfile and the named contexts. Throws for one that is not there (buildx build/opt.go loadInputs). */
export async function openInputs(specified: string, options: BuildOptions, world: InputWorld): Promise<BuildInputs> {
  const temporary: string[] = []
  const close = (): void => temporary.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true }))
  const makeFolder = (prefix: string): string => {
    const folder = fs.mkdtempSync(path.join(temporaryFolder(world.env), prefix))
    temporary.push(folder)
    return folder
  }
  try {
    const main = await openMain(specified, options.file, world, makeFolder)
    const others = Object.entries(options.namedContexts).map(([name, place]) => openNamed(name, place, world))
    const capabilities = [main, ...others].flatMap(({ capability }) => capability ?? []).sort()
    const { upload, dockerfile } = main
    return {
      ...(upload && { upload }),
      ...(dockerfile && { dockerfile }),
      attributes: {
        ...merged([main.attributes, ...others.map(({ attributes }) => attributes)]),
        ...(capabilities.length > 0 && { 'frontend.caps': [...new Set(capabilities)].join(',') }),
      },
      folders: merged([main.folders, ...others.map(({ folders }) => folders)]),
      content: new Map(others.flatMap(({ content }) => content ?? [])),
      sharedKey: main.sharedKey === '' ? '' : `${main.sharedKey}:${world.nodeId}`,
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

function merged(records: readonly Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}

interface Opened {
  readonly attributes: Record<string, string>
  readonly folders: Record<string, string>
  /** What the frontend must know for it. */
  readonly capability?: string | string[]
  readonly content?: [name: string, content: ContentFolder][]
}

interface Main extends Opened {
  readonly sharedKey: string
  readonly upload?: BuildInputs['upload']
  readonly dockerfile?: BuildInputs['dockerfile']
}

type MakeFolder = (prefix: string) => string

async function openMain(specified: string, file: string, world: InputWorld, makeFolder: MakeFolder): Promise<Main> {
  if (specified === '-') return openStdin(file, world, makeFolder)
  if (isFolder(world, specified)) return openFolder(specified, file, world, makeFolder)
  if (isRemote(specified)) return openRemote(specified, file, world, makeFolder)
  throw new Error(`unable to prepare context: path ${quote(specified)} not found`)
}

async function openStdin(file: string, world: InputWorld, makeFolder: MakeFolder): Promise<Main> {
  if (file === '-') throw new Error("invalid argument: can't use stdin for both build context and dockerfile")
  const { isArchive, all } = await sniffArchive(inputChunks(world.in))
  if (isArchive) {
    const id = world.newId()
    const context = `http://buildkit-session/${id}`
    const own = isHttp(file)
      ? withDockerfile(await otherDockerfile(file, world, makeFolder), {})
      : { attributes: { filename: file || DOCKERFILE }, folders: {} }
    return { ...own, attributes: { ...own.attributes, context }, sharedKey: '', upload: { id, chunks: all } }
  }
  if (file !== '') throw new Error('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles')
  const dockerfile = writeDockerfile(await readDockerfile(all), makeFolder)
  return { ...withDockerfile(dockerfile, { context: makeFolder('empty-dir') }), sharedKey: '' }
}

async function openFolder(folder: string, file: string, world: InputWorld, makeFolder: MakeFolder): Promise<Main> {
  const sharedKey = path.basename(path.resolve(world.getwd(), folder))
  const folders = { context: fromFolder(world.cwd, folder) }
  if (file === '-' || isHttp(file)) {
    return { ...withDockerfile(await otherDockerfile(file, world, makeFolder), folders), sharedKey }
  }
  const place = file === '' ? folders.context : fromFolder(world.cwd, path.dirname(file))
  const name = lowercase(place, file === '' ? DOCKERFILE : path.basename(file))
  checkFolder(place, path.dirname(file))
  const dockerfile = { folder: place, name }
  return { attributes: { filename: name }, folders: { ...folders, dockerfile: place }, sharedKey, dockerfile }
}

async function openRemote(url: string, file: string, world: InputWorld, makeFolder: MakeFolder): Promise<Main> {
  const attributes = { context: url }
  const needed = hasGitQuery(url) ? { capability: GIT_QUERY } : {}
  if (file === '-' || isHttp(file)) {
    const own = withDockerfile(await otherDockerfile(file, world, makeFolder), {})
    return { ...own, attributes: { ...own.attributes, ...attributes }, sharedKey: '', ...needed }
  }
  if (path.isAbsolute(file)) {
    const own = withDockerfile({ folder: path.dirname(file), name: path.basename(file) }, {})
    return { ...own, attributes: { ...own.attributes, ...attributes }, sharedKey: '', ...needed }
  }
  return { attributes: { ...attributes, filename: file || DOCKERFILE }, folders: {}, sharedKey: '', ...needed }
}

/** A Dockerfile that comes neither from the context nor lies beside it. */
function withDockerfile(dockerfile: { folder: string; name: string }, folders: Record<string, string>) {
  return {
    attributes: { filename: dockerfile.name, dockerfilekey: 'dockerfile' },
    folders: { ...folders, dockerfile: dockerfile.folder },
    dockerfile,
  }
}

async function otherDockerfile(file: string, world: InputWorld, makeFolder: MakeFolder) {
  const content = file === '-' ? await readDockerfile(inputChunks(world.in)) : await world.fetch(file)
  return writeDockerfile(content, makeFolder)
}

function writeDockerfile(content: Buffer, makeFolder: MakeFolder): { folder: string; name: string } {
  const folder = makeFolder('dockerfile')
  fs.writeFileSync(path.join(folder, DOCKERFILE), content, { mode: 0o600 })
  return { folder, name: DOCKERFILE }
}

function openNamed(name: string, place: string, world: InputWorld): Opened {
  const { cwd, getwd, nodeId } = world
  const attribute = `context:${name}`
  if (isRemote(place) || /^(docker-image:\/\/|target:)/.test(place)) {
    const capability = hasGitQuery(place) ? [NAMED_CONTEXTS, `${GIT_QUERY}+forward`] : NAMED_CONTEXTS
    return { attributes: { [attribute]: place }, folders: {}, capability }
  }
  if (place.startsWith('oci-layout://')) {
    const { ref, content } = openLayoutContext(place, world)
    return { attributes: { [attribute]: ref }, folders: {}, content: [content], capability: NAMED_CONTEXTS }
  }
  const folder = fromFolder(cwd, place)
  const stats = failingAs(`failed to get build context ${name}`, () => stat(folder, place))
  if (!stats.isDirectory()) throw new Error(`failed to get build context path ${place}: not a directory`)
  // The names that the context and the Dockerfile have themselves.
  const local = name === 'context' || name === 'dockerfile' ? `_${name}` : name
  const sharedKey = path.basename(path.resolve(getwd(), place))
  return {
    attributes: { [attribute]: `local:${local}`, [`sharedkey:localdir:${name}`]: `${sharedKey}:${nodeId}` },
    folders: { [local]: folder },
    capability: NAMED_CONTEXTS,
  }
}

/** Where there is no `Dockerfile` but a `dockerfile`, that one is meant. */
function lowercase(folder: string, name: string): string {
  if (name !== DOCKERFILE) return name
  try {
    const names = fs.readdirSync(folder)
    return !names.includes(DOCKERFILE) && names.includes('dockerfile') ? 'dockerfile' : name
  } catch {
    return name
  }
}

function isFolder({ cwd }: InputWorld, name: string): boolean {
  return fs.statSync(fromFolder(cwd, name), { throwIfNoEntry: false })?.isDirectory() === true
}

function checkFolder(folder: string, given: string): void {
  if (!stat(folder, given).isDirectory()) throw new Error(`${given} is not a directory`)
}

function stat(file: string, given: string): fs.Stats {
  try {
    return fs.statSync(file)
  } catch (error) {
    throw pathError('stat', given, error)
  }
}

const DOCKERFILE = 'Dockerfile'
const NAMED_CONTEXTS = 'moby.buildkit.frontend.contexts+forward'
const GIT_QUERY = 'moby.buildkit.frontend.gitquerystring'
