import {part, text} from './format.js';

/** The address after `#` is the only place where the page keeps what is shown: path, filters, selected span. */

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function current() {
  const raw = location.hash.slice(1) || '/traces';
  const cut = raw.indexOf('?');
  const path = cut < 0 ? raw : raw.slice(0, cut);
  return {
    segments: path.split('/').filter(Boolean).map(decode),
    query: Object.fromEntries(new URLSearchParams(cut < 0 ? '' : raw.slice(cut + 1))),
  };
}

export function href(segments, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value) search.set(name, text(value));
  }
  const path = '#/' + segments.map(part).join('/');
  return search.size > 0 ? `${path}?${search}` : path;
}

/** As one value in the filter of traces, whatever is in it. */
export function quoted(value) {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

export function go(address) {
  location.hash = address;
}

/** Changes filters without a new entry in the browser's history: typing is not navigating. */
export function refine(changes) {
  const {segments, query} = current();
  history.replaceState(null, '', href(segments, {...query, ...changes}));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The values of the `:name` places of a pattern such as ['traces', ':id'], or null when it does not fit. */
export function match(pattern, segments) {
  if (pattern.length !== segments.length) return null;
  const values = {};
  for (const [i, expected] of pattern.entries()) {
    if (expected.startsWith(':')) values[expected.slice(1)] = segments[i];
    else if (expected !== segments[i]) return null;
  }
  return values;
}
