/**
 * The critical path of a trace: the stretches of time by which its end was decided. From the end backwards, each moment
 * belongs to the child that ended last before it, else to the span itself. Answers for each span id a list of
 * [start, end] in microseconds.
 */
export function criticalPath(rows) {
  const stretches = new Map();
  const root = rows[0];
  if (!root) return stretches;
  const children = childrenOf(rows);
  // A stack of our own: a chain of spans may be deeper than the engine's call stack.
  const pending = [{row: root, from: root.start, to: root.end}];
  const seen = new Set();
  while (pending.length > 0) {
    const {row, from, to} = pending.pop();
    if (seen.has(row)) continue;
    seen.add(row);
    let at = to;
    for (const child of children.get(row) ?? []) {
      const end = Math.min(child.end, at);
      const start = Math.max(child.start, from);
      if (end <= start || child.start >= at) continue;
      add(stretches, row, end, at);
      pending.push({row: child, from: start, to: end});
      at = start;
    }
    add(stretches, row, from, at);
  }
  return stretches;
}

/** By parent, those that end last first: the rows are in the order of the tree, so depth tells who belongs to whom. */
function childrenOf(rows) {
  const children = new Map();
  const path = [];
  for (const row of rows) {
    path.length = row.depth;
    const parent = path[row.depth - 1];
    if (parent) {
      if (!children.has(parent)) children.set(parent, []);
      children.get(parent).push(row);
    }
    path[row.depth] = row;
  }
  for (const below of children.values()) below.sort((a, b) => b.end - a.end);
  return children;
}

function add(stretches, row, from, to) {
  if (to <= from) return;
  if (!stretches.has(row.span.id)) stretches.set(row.span.id, []);
  stretches.get(row.span.id).push([from, to]);
}
