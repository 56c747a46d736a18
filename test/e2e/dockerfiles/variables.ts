import { architecture, from, type Case } from './case.ts'

/** Build arguments, stages, platforms. */
export const variables: readonly Case[] = [
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
