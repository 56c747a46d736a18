// The laws of the house (CONTRIBUTING.md) as far as a linter can hold them.
import { readFileSync } from 'node:fs'

/**
 * Which folders of src/ each folder imports besides its own, and no others; commands may import all of them; and of which folders it
 * imports types (engine/types), and nothing else. CONTRIBUTING.md shows this table; test/imports.test.ts holds both to what the files do.
 */
const { mayImport, mayImportTypes } = JSON.parse(readFileSync(new URL('imports.json', import.meta.url), 'utf8'))
const folders = [...Object.keys(mayImport), 'commands']

/** The files that may import each package. */
const doors = {
  commander: 'src/cli/help.ts',
  undici: 'src/engine/undici.ts',
  chalk: 'src/format/pretty.ts',
  'cli-table3': 'src/format/pretty-table.ts',
  ora: 'src/streams/spinner.ts',
  yaml: 'src/compose/yaml.ts',
}

/** What the system says of the user and its folders. */
const ambientOs = ['node:os', 'os'].map((name) => ({
  name,
  importNames: ['userInfo', 'homedir', 'tmpdir', 'hostname'],
  message: 'Who runs the program, and where, is for the Context to say.',
}))

/** The import rule for the files of `folder` (undefined: the rest of src/) behind the doors `opened`. */
function imports(folder, opened = [], closedOs = ambientOs) {
  const closed = Object.keys(doors).filter((name) => !opened.includes(name))
  const paths = [...closed.map((name) => ({ name, message: `${name} has one door: ${doors[name]}.` })), ...closedOs]
  if (folder === undefined) return ['error', { paths }]
  const typesOnly = mayImportTypes[folder] ?? []
  const others = folders.filter((other) => other !== folder && !mayImport[folder].includes(other))
  const forbidden = others.flatMap((other) => pathsTo(other, typesOnly.includes(other) ? '*' : '**'))
  const message = 'Imports go one way; see the laws.'
  const patterns = [{ group: forbidden, message }]
  if (typesOnly.length > 0) {
    patterns.push({ group: typesOnly.flatMap((other) => pathsTo(other, '**')), allowTypeImports: true, message })
  }
  return ['error', { paths, patterns }]
}

/** What a folder of src/ holds, as files of other folders name it. */
function pathsTo(folder, files) {
  return ['../', '../../', '../../../'].map((up) => `${up}${folder}/${files}`)
}

export default {
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'node'],
  categories: { correctness: 'error' },
  ignorePatterns: ['dist', 'docs', 'node_modules'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/no-explicit-any': 'error',
    'import/no-cycle': 'error',
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
  },
  overrides: [
    {
      files: ['src/**'],
      rules: {
        'no-restricted-imports': imports(),
        'no-restricted-globals': [
          'error',
          { name: 'process', message: 'Only src/main.ts touches it; use the Context.' },
          { name: 'performance', message: "The Context's `now` has the time." },
        ],
        'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: "Use the Context's `now`." }],
      },
    },
    ...Object.keys(mayImport).map((folder) => ({
      files: [`src/${folder}/**`],
      rules: { 'no-restricted-imports': imports(folder) },
    })),
    ...[...new Set(Object.values(doors))].map((door) => ({
      files: [door],
      rules: {
        'no-restricted-imports': imports(
          door.split('/')[1],
          Object.keys(doors).filter((name) => doors[name] === door),
        ),
      },
    })),
    // The account's home stands in for HOME, and its number for XDG_RUNTIME_DIR.
    ...['src/config/home.ts', 'src/ssh/folder.ts'].map((file) => ({
      files: [file],
      rules: { 'no-restricted-imports': imports(file.split('/')[1], [], []) },
    })),
    // How old a file is, by the clock that stamped it.
    { files: ['src/config/save.ts', 'src/streams/lock.ts'], rules: { 'no-restricted-properties': 'off' } },
    { files: ['src/main.ts'], rules: { 'no-restricted-globals': 'off' } },
  ],
}
