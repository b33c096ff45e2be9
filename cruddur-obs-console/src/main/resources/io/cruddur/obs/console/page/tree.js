import {micros} from './format.js';

/**
 * The spans of a trace in the order a person reads them: each followed by its children, the earliest first.
 * Answers rows `{span, depth, start, end, open}` (times in microseconds) and the bounds of the whole.
 * A span whose parent is missing is a root; one that is its own ancestor is shown once, as a root; of two with the
 * same id the later one counts.
 */
export function waterfallOf(spans) {
  const byId = new Map(spans.map((span) => [span.id, timedSpan(span)]));
  const timed = [...byId.values()].sort((a, b) => a.start - b.start);
  const children = new Map(timed.map((row) => [row.span.id, []]));
  for (const row of timed) children.get(row.span.parentId)?.push(row);
  const rows = [];
  const seen = new Set();

  // A stack of our own: a chain of spans may be deeper than the engine's call stack.
  function walk(root) {
    const pending = [{row: root, depth: 0}];
    while (pending.length > 0) {
      const {row, depth} = pending.pop();
      if (seen.has(row)) continue;
      seen.add(row);
      const below = children.get(row.span.id);
      rows.push({...row, depth});
      for (const child of [...below].reverse()) pending.push({row: child, depth: depth + 1});
    }
  }
  for (const row of timed) if (!children.has(row.span.parentId)) walk(row);
  for (const row of timed) walk(row);
  return {rows, ...bounds(rows)};
}

function timedSpan(span) {
  const start = micros(span.startTime);
  const end = micros(span.endTime);
  return {span, start: Number.isNaN(start) ? 0 : start, end, open: Number.isNaN(end)};
}

/** Spans still open end where the last known moment is. */
function bounds(rows) {
  const start = rows.reduce((least, row) => Math.min(least, row.start), Infinity);
  const end = rows.reduce((most, row) => Math.max(most, row.open ? row.start : row.end), -Infinity);
  for (const row of rows) if (row.open) row.end = Math.max(end, row.start);
  return rows.length > 0 ? {start, end, length: Math.max(end - start, 1)} : {start: 0, end: 0, length: 1};
}
