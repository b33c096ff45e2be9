import {micros, text} from './format.js';

/**
 * The spans of a trace in the order a person reads them: each followed by its children, the earliest first.
 * Answers rows `{span, depth, start, end, open, below}` (times in microseconds; how many rows are beneath it) and the
 * bounds of the whole. A span whose parent is missing is a root; one that is its own ancestor is shown once, as a root;
 * of two with the same id the later one counts.
 */
export function waterfallOf(spans) {
  const byId = new Map(spans.map(timedSpan).map((row) => [row.span.id, row]));
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
      for (let i = below.length - 1; i >= 0; i--) pending.push({row: below[i], depth: depth + 1});
    }
  }
  for (const row of timed) if (!children.has(row.span.parentId)) walk(row);
  for (const row of timed) walk(row);
  countBelow(rows);
  return {rows, ...bounds(rows)};
}

/** Ids are compared, so here they become text, whatever they came as. */
function timedSpan(told) {
  const span = {...told, id: text(told.id), parentId: text(told.parentId) || undefined};
  const start = micros(span.startTime);
  const end = micros(span.endTime);
  return {span, start: Number.isNaN(start) ? 0 : start, end, open: Number.isNaN(end)};
}

function countBelow(rows) {
  const path = [];
  for (const [i, row] of rows.entries()) {
    while (path.length > row.depth) end(path.pop(), i);
    path.push({row, at: i});
  }
  while (path.length > 0) end(path.pop(), rows.length);

  function end({row, at}, next) {
    row.below = next - at - 1;
  }
}

/** Spans still open end where the last known moment is. */
function bounds(rows) {
  const start = rows.reduce((least, row) => Math.min(least, row.start), Infinity);
  const end = rows.reduce((most, row) => Math.max(most, row.open ? row.start : row.end), -Infinity);
  for (const row of rows) if (row.open) row.end = Math.max(end, row.start);
  return rows.length > 0 ? {start, end, length: Math.max(end - start, 1)} : {start: 0, end: 0, length: 1};
}

/**
 * The rows that are shown: without what is below folded spans, and each log line after the span that it belongs to and
 * those of its children that began before. A line without a known span stands under the root.
 */
export function shownRows(rows, lines, folded) {
  const byId = new Map(rows.map((row) => [row.span.id, row]));
  const linesOf = new Map();
  for (const entry of lines) {
    const row = byId.get(text(entry.spanId)) ?? rows[0];
    if (!row) break;
    if (!linesOf.has(row)) linesOf.set(row, []);
    linesOf.get(row).push({entry, depth: row.depth + 1, at: micros(entry.timestamp), span: row});
  }
  const shown = [];
  const open = [];

  function linesUntil(row, at) {
    const waiting = linesOf.get(row);
    while (waiting?.length > 0 && waiting[0].at < at) shown.push(waiting.shift());
  }
  function close(depth) {
    while (open.length > depth) linesUntil(open.pop(), Infinity);
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    close(row.depth);
    if (row.depth > 0) linesUntil(open[row.depth - 1], row.start);
    shown.push(row);
    if (folded.has(row.span.id)) {
      linesOf.delete(row);
      i += row.below;
    } else {
      open[row.depth] = row;
      open.length = row.depth + 1;
    }
  }
  close(0);
  return shown;
}
