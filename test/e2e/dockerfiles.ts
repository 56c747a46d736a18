/** A build of one feature: what it is made from, and what its image must have. */
export interface Case {
  readonly name: string
  readonly dockerfile: string
  /** The files of the context by name; one that ends in `/` is a folder, one whose content begins with `-> ` a symbolic link. */
  readonly files?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What `docker image inspect` must say, as far as it is named. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Files of the image with their content; null for what must not be there. */
  readonly content?: Readonly<Record<string, string | null>>
  /** Commands, or folders that the builder makes, have the time of the build in their layers, so that no two builds are the same. */
  readonly changing?: true
}

const from = (rest: string): string => `FROM busybox\n${rest}\n`

/** Instructions that only change the configuration. */
const settings: Case[] = [
  { name: 'FROM alone', dockerfile: from('') },
  { name: 'FROM scratch', dockerfile: 'FROM scratch\nCOPY a /a\n', files: { a: 'x' } },
  {
    name: 'LABEL',
    dockerfile: from('LABEL a=1 b="two words" c=\\\nnext'),
    config: { Labels: { a: '1', b: 'two words', c: 'next' } },
  },
  { name: 'ENV', dockerfile: from('ENV A=1 B="$A 2"\nENV C=$B'), config: { Env: expectEnv('A=1', 'B= 2', 'C= 2') } },
  { name: 'ENV, the old form', dockerfile: from('ENV A one two'), config: { Env: expectEnv('A=one two') } },
  { name: 'WORKDIR', dockerfile: from('WORKDIR /a\nWORKDIR b'), config: { WorkingDir: '/a/b' }, changing: true },
  { name: 'USER', dockerfile: from('USER 1000:1000'), config: { User: '1000:1000' } },
  {
    name: 'EXPOSE',
    dockerfile: from('EXPOSE 80 53/udp 8000-8001'),
    config: { ExposedPorts: { '80/tcp': {}, '53/udp': {}, '8000/tcp': {}, '8001/tcp': {} } },
  },
  {
    name: 'VOLUME',
    dockerfile: from('VOLUME /a /b\nVOLUME ["/c"]'),
    config: { Volumes: { '/a': {}, '/b': {}, '/c': {} } },
  },
  {
    name: 'CMD in both forms',
    dockerfile: from('CMD echo one\nCMD ["echo", "two"]'),
    config: { Cmd: ['echo', 'two'] },
  },
  { name: 'CMD by the shell', dockerfile: from('CMD echo $HOME'), config: { Cmd: ['/bin/sh', '-c', 'echo $HOME'] } },
  {
    name: 'ENTRYPOINT takes the CMD of the base away',
    dockerfile: from('ENTRYPOINT ["echo"]'),
    config: { Entrypoint: ['echo'] },
  },
  {
    name: 'SHELL',
    dockerfile: from('SHELL ["/bin/sh", "-ec"]\nCMD true'),
    config: { Cmd: ['/bin/sh', '-ec', 'true'], Shell: ['/bin/sh', '-ec'] },
  },
  { name: 'STOPSIGNAL', dockerfile: from('STOPSIGNAL SIGQUIT'), config: { StopSignal: 'SIGQUIT' } },
  {
    name: 'HEALTHCHECK',
    dockerfile: from('HEALTHCHECK --interval=5s --retries=2 CMD true'),
    config: { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9, Retries: 2 } },
  },
  { name: 'HEALTHCHECK NONE', dockerfile: from('HEALTHCHECK NONE'), config: { Healthcheck: { Test: ['NONE'] } } },
  { name: 'ONBUILD', dockerfile: from('ONBUILD COPY . /app'), config: { OnBuild: ['COPY . /app'] } },
  { name: 'MAINTAINER', dockerfile: from('MAINTAINER someone') },
  {
    name: 'comments and blank lines',
    dockerfile: '# a comment\n\nFROM busybox\n# another\nLABEL a=1\n',
    config: { Labels: { a: '1' } },
  },
  {
    name: 'another escape character',
    dockerfile: '# escape=`\nFROM busybox\nLABEL a=`\n1\n',
    config: { Labels: { a: '1' } },
  },
  { name: 'a line feed of Windows', dockerfile: 'FROM busybox\r\nLABEL a=1\r\n', config: { Labels: { a: '1' } } },
]

/** Build arguments, stages, platforms. */
const variables: Case[] = [
  { name: 'ARG with a default', dockerfile: from('ARG A=one\nLABEL a=$A'), config: { Labels: { a: 'one' } } },
  {
    name: 'ARG that is given',
    dockerfile: from('ARG A=one\nLABEL a=$A'),
    flags: ['--build-arg', 'A=two'],
    config: { Labels: { a: 'two' } },
  },
  {
    name: 'ARG from the environment',
    dockerfile: from('ARG A=one\nLABEL a=$A'),
    flags: ['--build-arg', 'A'],
    env: { A: 'env' },
    config: { Labels: { a: 'env' } },
  },
  {
    name: 'ARG before FROM',
    dockerfile: 'ARG BASE=busybox\nFROM $BASE\nARG BASE\nLABEL base=$BASE\n',
    flags: ['--build-arg', 'BASE=busybox:latest'],
    config: { Labels: { base: 'busybox:latest' } },
  },
  {
    name: 'ARG with a fallback and an alternative',
    dockerfile: from('ARG A\nLABEL a=${A:-none} b=${A:+some}'),
    config: { Labels: { a: 'none', b: '' } },
  },
  {
    name: 'ENV over ARG',
    dockerfile: from('ARG A=arg\nENV A=env\nLABEL a=$A'),
    flags: ['--build-arg', 'A=given'],
    config: { Labels: { a: 'env' } },
  },
  {
    name: 'TARGETPLATFORM',
    dockerfile: from('ARG TARGETOS\nARG TARGETARCH\nLABEL p=$TARGETOS/$TARGETARCH'),
    config: { Labels: { p: `linux/${architecture()}` } },
  },
  {
    name: 'stages',
    dockerfile: 'FROM busybox AS one\nCOPY a /made\nFROM scratch\nCOPY --from=one /made /made\n',
    files: { a: 'x' },
  },
  {
    name: 'a stage by its number',
    dockerfile: 'FROM busybox\nCOPY a /made\nFROM scratch\nCOPY --from=0 /made /made\n',
    files: { a: 'x' },
  },
  {
    name: 'a stage on a stage',
    dockerfile: 'FROM busybox AS one\nLABEL a=1\nFROM one\nLABEL b=2\n',
    config: { Labels: { a: '1', b: '2' } },
  },
  {
    name: '--target',
    dockerfile: 'FROM busybox AS one\nLABEL a=1\nFROM busybox AS two\nLABEL a=2\n',
    flags: ['--target', 'one'],
    config: { Labels: { a: '1' } },
  },
  {
    name: 'a stage that is not needed is not built',
    dockerfile: 'FROM busybox AS broken\nRUN false\nFROM busybox\nLABEL a=1\n',
    config: { Labels: { a: '1' } },
  },
  { name: 'COPY --from an image', dockerfile: 'FROM scratch\nCOPY --from=busybox /etc/passwd /p\n' },
  {
    name: '--label',
    dockerfile: from('LABEL a=1'),
    flags: ['--label', 'a=2', '--label', 'b=3'],
    config: { Labels: { a: '2', b: '3' } },
  },
  { name: '--platform', dockerfile: from('LABEL a=1'), flags: ['--platform', `linux/${architecture()}`] },
  { name: 'FROM --platform', dockerfile: 'FROM --platform=$BUILDPLATFORM busybox\nLABEL a=1\n' },
]

/** What comes out of the context. */
const files: Case[] = [
  { name: 'COPY of a file', dockerfile: from('COPY a /b'), files: { a: 'one\n' }, content: { '/b': 'one\n' } },
  {
    name: 'COPY into a folder',
    dockerfile: from('COPY a /d/'),
    files: { a: 'x' },
    content: { '/d/a': 'x' },
    changing: true,
  },
  {
    name: 'COPY of a folder',
    dockerfile: from('COPY d /e'),
    files: { 'd/x': '1', 'd/s/y': '2' },
    content: { '/e/x': '1', '/e/s/y': '2' },
  },
  {
    name: 'COPY of the context',
    dockerfile: from('COPY . /c/'),
    files: { a: '1', 'b/c': '2' },
    content: { '/c/a': '1', '/c/b/c': '2' },
  },
  {
    name: 'COPY of several',
    dockerfile: from('COPY a b /d/'),
    files: { a: '1', b: '2' },
    content: { '/d/a': '1', '/d/b': '2' },
    changing: true,
  },
  {
    name: 'COPY with wildcards',
    dockerfile: from('COPY *.txt ?x /d/'),
    files: { 'a.txt': '1', 'b.md': '2', ax: '3' },
    content: { '/d/a.txt': '1', '/d/b.md': null, '/d/ax': '3' },
    changing: true,
  },
  {
    name: 'COPY with spaces in names',
    dockerfile: from('COPY ["a b", "/c d"]'),
    files: { 'a b': '1' },
    content: { '/c d': '1' },
  },
  { name: 'COPY --chmod', dockerfile: from('COPY --chmod=0751 a /a'), files: { a: '1' }, content: { '/a': '1' } },
  { name: 'COPY --chown', dockerfile: from('COPY --chown=12:34 a /a'), files: { a: '1' } },
  { name: 'COPY --chown by name', dockerfile: from('COPY --chown=root:root a /a'), files: { a: '1' } },
  {
    name: 'COPY --link',
    dockerfile: from('COPY --link a /d/a\nCOPY --link b /d/b'),
    files: { a: '1', b: '2' },
    content: { '/d/a': '1', '/d/b': '2' },
    changing: true,
  },
  {
    name: 'COPY --parents',
    dockerfile: `# syntax-free\n${from('COPY d /d')}`,
    files: { 'd/e/f': '1' },
    content: { '/d/e/f': '1' },
  },
  {
    name: 'COPY of links',
    dockerfile: from('COPY d /d'),
    files: { 'd/a': '1', 'd/l': '-> a', 'd/broken': '-> none' },
    content: { '/d/l': '1' },
  },
  {
    name: 'COPY of an empty folder and an empty file',
    dockerfile: from('COPY . /d/'),
    files: { 'e/': '', f: '' },
    content: { '/d/f': '' },
  },
  {
    name: '.dockerignore',
    dockerfile: from('COPY . /d/'),
    files: { '.dockerignore': '*.md\n!keep.md\nsub\n', 'a.md': '1', 'keep.md': '2', 'sub/x': '3', b: '4' },
    content: { '/d/a.md': null, '/d/keep.md': '2', '/d/sub/x': null, '/d/b': '4' },
  },
  {
    name: '.dockerignore with folders in any depth',
    dockerfile: from('COPY . /d/'),
    files: { '.dockerignore': '**/tmp\n# a comment\n/top\n', 'a/tmp/x': '1', 'a/b': '2', top: '3' },
    content: { '/d/a/tmp/x': null, '/d/a/b': '2', '/d/top': null },
  },
  {
    name: 'an ignore file of the Dockerfile itself',
    dockerfile: from('COPY . /d/'),
    files: { 'Dockerfile.dockerignore': 'x\n', '.dockerignore': 'y\n', x: '1', y: '2' },
    content: { '/d/x': null, '/d/y': '2' },
  },
  { name: 'ADD of a file', dockerfile: from('ADD a /b'), files: { a: '1' }, content: { '/b': '1' } },
  {
    name: 'ADD of an archive',
    dockerfile: from('ADD a.tar /d/'),
    files: { 'a.tar': 'tar:inside=hello' },
    content: { '/d/inside': 'hello' },
    changing: true,
  },
  {
    name: 'ADD of a packed archive',
    dockerfile: from('ADD a.tar.gz /d/'),
    files: { 'a.tar.gz': 'tgz:inside=hello' },
    content: { '/d/inside': 'hello' },
    changing: true,
  },
  {
    name: 'COPY of an archive leaves it as it is',
    dockerfile: from('COPY a.tar /d/a.tar'),
    files: { 'a.tar': 'tar:inside=hello' },
    content: { '/d/inside': null },
    changing: true,
  },
  {
    name: 'a Dockerfile by another name',
    dockerfile: from('LABEL a=1'),
    files: { 'other/Dockerfile.prod': from('LABEL a=2') },
    flags: ['-f', 'other/Dockerfile.prod'],
    config: { Labels: { a: '2' } },
  },
  {
    name: 'names that are no ASCII',
    dockerfile: from('COPY . /d/'),
    files: { 'größe/日本.txt': 'ü' },
    content: { '/d/größe/日本.txt': 'ü' },
  },
  {
    name: 'many small files',
    dockerfile: from('COPY d /d'),
    files: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`d/${i % 10}/f${i}`, String(i)])),
    content: { '/d/9/f299': '299' },
  },
  {
    name: 'a named context',
    dockerfile: 'FROM busybox\nCOPY --from=lib a /a\n',
    files: { 'lib/a': '1' },
    flags: ['--build-context', 'lib=lib'],
    content: { '/a': '1' },
  },
  {
    name: 'a named context in place of a base',
    dockerfile: 'FROM base\nLABEL a=1\n',
    flags: ['--build-context', 'base=docker-image://busybox'],
    config: { Labels: { a: '1' } },
  },
  {
    name: 'a here-document as a file',
    dockerfile: from('COPY <<one <<two /d/\n1\none\n2\ntwo'),
    content: { '/d/one': '1\n', '/d/two': '2\n' },
    changing: true,
  },
  {
    name: 'a here-document without variables',
    dockerfile: from('ARG A=x\nCOPY <<"END" /a\n$A\nEND\nCOPY <<END /b\n$A\nEND'),
    content: { '/a': '$A\n', '/b': 'x\n' },
  },
]

/** What runs. */
const commands: Case[] = [
  { name: 'RUN', dockerfile: from('RUN echo hello >/a'), content: { '/a': 'hello\n' }, changing: true },
  { name: 'RUN in the exec form', dockerfile: from('RUN ["touch", "/a b"]'), content: { '/a b': '' }, changing: true },
  {
    name: 'RUN with a here-document',
    dockerfile: from('RUN <<END\necho one >/a\necho two >>/a\nEND'),
    content: { '/a': 'one\ntwo\n' },
    changing: true,
  },
  {
    name: 'RUN as a user, in a folder',
    dockerfile: from('WORKDIR /w\nUSER 7\nRUN id -u >/tmp/a; pwd >>/tmp/a'),
    content: { '/tmp/a': '7\n/w\n' },
    changing: true,
  },
  {
    name: 'RUN --mount=type=bind',
    dockerfile: from('RUN --mount=type=bind,target=/src cat /src/a >/b'),
    files: { a: 'bound' },
    content: { '/b': 'bound', '/src/a': null },
    changing: true,
  },
  {
    name: 'RUN --mount=type=bind of a stage',
    dockerfile: 'FROM busybox AS one\nCOPY a /a\nFROM busybox\nRUN --mount=from=one,target=/m cat /m/a >/b\n',
    files: { a: 'x' },
    content: { '/b': 'x' },
    changing: true,
  },
  {
    name: 'RUN --mount=type=cache',
    dockerfile: from('RUN --mount=type=cache,target=/c echo x >/c/f; cp /c/f /b'),
    content: { '/b': 'x\n', '/c/f': null },
    changing: true,
  },
  {
    name: 'RUN --mount=type=tmpfs',
    dockerfile: from('RUN --mount=type=tmpfs,target=/t touch /t/x; grep -c " /t tmpfs" /proc/mounts >/b'),
    content: { '/b': '1\n', '/t/x': null },
    changing: true,
  },
  {
    name: 'RUN --mount=type=secret',
    dockerfile: from('RUN --mount=type=secret,id=s wc -c </run/secrets/s >/b'),
    files: { secret: 'hidden' },
    flags: ['--secret', 'id=s,src=secret'],
    content: { '/b': '6\n', '/run/secrets/s': null },
    changing: true,
  },
  {
    name: 'a secret as a variable',
    dockerfile: from('RUN --mount=type=secret,id=s,env=S echo ${#S} >/b'),
    env: { TOKEN: 'hidden' },
    flags: ['--secret', 'id=s,env=TOKEN'],
    content: { '/b': '6\n' },
    changing: true,
  },
  {
    name: 'a secret that need not be',
    dockerfile: from('RUN --mount=type=secret,id=none test ! -e /run/secrets/none'),
    changing: true,
  },
  {
    name: 'RUN --network=none',
    dockerfile: from('RUN --network=none ls /sys/class/net >/b'),
    content: { '/b': 'lo\n' },
    changing: true,
  },
  {
    name: '--add-host',
    dockerfile: from('RUN grep -c "1.2.3.4.*there" /etc/hosts >/b'),
    flags: ['--add-host', 'there:1.2.3.4'],
    content: { '/b': '1\n' },
    changing: true,
  },
  {
    name: '--shm-size',
    dockerfile: from("RUN df -k /dev/shm | tail -n 1 | awk '{print $2}' >/b"),
    flags: ['--shm-size', '2m'],
    content: { '/b': '2048\n' },
    changing: true,
  },
  {
    name: '--ulimit',
    dockerfile: from('RUN ulimit -n >/b'),
    flags: ['--ulimit', 'nofile=123:123'],
    content: { '/b': '123\n' },
    changing: true,
  },
  {
    name: 'ARG in RUN',
    dockerfile: from('ARG A\nRUN echo "$A" >/b'),
    flags: ['--build-arg', 'A=x y'],
    content: { '/b': 'x y\n' },
    changing: true,
  },
  {
    name: 'removing what lies below',
    dockerfile: from('COPY a /a\nRUN rm /a'),
    files: { a: '1' },
    content: { '/a': null },
    changing: true,
  },
]

export const cases: readonly Case[] = [...settings, ...variables, ...files, ...commands]

function expectEnv(...variables_: string[]): string[] {
  return ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...variables_]
}

function architecture(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch
}
