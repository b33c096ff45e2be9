import {text} from './format.js';

/** Of a long message the beginning is enough to tell it from others. */
const MOST = 500;

/**
 * Log lines, each with a `key` that is the same from one look to the next, however many lines come before it: what is
 * unfolded stays so, and an address that names a line goes on naming that one.
 */
export function keyed(lines) {
  const seen = new Map();
  return lines.map((entry) => {
    const key = digest([entry.timestamp, entry.spanId, entry.message].map(text).join(' ').slice(0, MOST));
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return {...entry, spanId: text(entry.spanId), key: before > 0 ? `${key}-${before}` : key};
  });
}

function digest(words) {
  let hash = 0;
  for (const character of words) hash = (Math.imul(hash, 31) + character.codePointAt(0)) >>> 0;
  return hash.toString(36);
}
