import { Chalk } from 'chalk'
import type { Theme } from './theme.ts'

// Whether there are colours at all is decided before this is loaded.
const chalk = new Chalk({ level: 2 })

/** The theme on a terminal. */
export const coloured: Theme = {
  title: chalk.bold,
  name: chalk.blue.bold,
  faint: chalk.dim,
  italic: chalk.italic,
  flag: chalk.bold,
  good: chalk.green,
  bad: chalk.red,
  badge: (letter) => chalk.ansi256(0).bgAnsi256(14)(` ${letter} `),
  noBadge: '   ',
  noteHeader: `${chalk.bold.black.bgCyanBright('i')} ${chalk.cyanBright('Info → ')}`,
  warningHeader: `${chalk.bold.black.bgYellowBright('w')} ${chalk.yellowBright('Warn → ')}`,
}
