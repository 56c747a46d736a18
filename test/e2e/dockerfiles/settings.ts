import { expectEnv, from, type Case } from './case.ts'

/** Instructions that only change the configuration. */
export const settings: readonly Case[] = [
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
