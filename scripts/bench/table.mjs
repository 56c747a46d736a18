// Figures as text.

/** One table: per row the wall and processor time of docket and of the other client in milliseconds, their ratio, and memory in MiB. */
export function table(title, rows) {
  const header = [title, 'wall', 'other', 'ratio', 'aim', 'CPU', 'other', 'ratio', 'aim', 'MiB', 'other', '']
  const lines = [header, ...rows.map(cells)]
  const widths = header.map((_, i) => Math.max(...lines.map((line) => line[i].length)))
  const pad = (line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
  return `\n${lines.map((line) => pad(line).join('  ').trimEnd()).join('\n')}`
}

function cells({ name, aim = {}, figures: { docket, reference, node, reader } }) {
  const number = (value) => (value === undefined ? '' : value.toFixed(value < 100 ? 1 : 0))
  const ratio = (figure) => (reference === undefined ? '' : (docket[figure] / reference[figure]).toFixed(2))
  const goal = (value) => (value === undefined ? '' : `${value}${aim.startUp ? '+' : ''}`)
  const beside = [
    node && `node -e 0 ${number(node.wall)}, ${(docket.wall / node.wall).toFixed(2)}x`,
    reader && `a reader alone ${number(reader.wall)}, CPU ${number(reader.cpu)}`,
  ]
  return [
    name,
    number(docket.wall),
    number(reference?.wall),
    ratio('wall'),
    goal(aim.wall),
    number(docket.cpu),
    number(reference?.cpu),
    ratio('cpu'),
    goal(aim.cpu),
    number(docket.memory),
    number(reference?.memory),
    beside.filter(Boolean).join('; '),
  ]
}
