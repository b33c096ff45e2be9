/** Numbers, times and ids as a person reads them. */

const DASH = '–';
const two = (n) => String(n).padStart(2, '0');
const three = (n) => String(n).padStart(3, '0');

/**
 * Any value of JSON as text. What a program sends under a name need not be what the name promises, and an object in a
 * template is no text to lit: it may be taken for a node, a template or a list.
 */
export function text(value) {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The same as a part of an address's path. Half of a surrogate pair is a text to JSON, but not to an address. */
export function part(value) {
  return encodeURIComponent(text(value).toWellFormed());
}

/** A number that can be reckoned with; 0 for all else. */
export function number(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The named values of an object; none of what is no object. */
export function record(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** Microseconds since the epoch of an ISO 8601 text (Date.parse alone would cut to milliseconds), or NaN. */
export function micros(iso) {
  const parts = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/.exec(text(iso));
  if (!parts) return NaN;
  const fraction = Number((parts[2] ?? '').padEnd(6, '0').slice(0, 6));
  return Date.parse(parts[1] + (parts[3] ?? 'Z')) * 1000 + fraction;
}

/** Local time of day to the millisecond; with the date when that is not today. */
export function clock(iso) {
  const at = micros(iso);
  if (Number.isNaN(at)) return DASH;
  const date = new Date(at / 1000);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${three(date.getMilliseconds())}`;
  const sameDay = date.toDateString() === new Date().toDateString();
  return sameDay ? time : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

export function duration(ms) {
  if (typeof ms !== 'number' || !Number.isFinite(ms)) return DASH;
  if (ms === 0) return '0';
  if (ms < 0) return `−${duration(-ms)}`;
  // Each unit ends where its own rounding would reach the next one.
  if (ms < 0.9995) return `${Math.round(ms * 1000)} µs`;
  if (ms < 9.995) return `${ms.toFixed(2)} ms`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function bytes(n) {
  if (typeof n !== 'number' || !Number.isFinite(n)) return DASH;
  if (n < 1000) return `${n} B`;
  if (n < 1_000_000) return `${(n / 1000).toFixed(n < 10_000 ? 1 : 0)} KB`;
  return `${(n / 1_000_000).toFixed(1)} MB`;
}

/** A share from 0 to 1. What is not nothing is never told as nothing, nor what is not all as all. */
export function percent(share) {
  if (!(number(share) > 0)) return '0 %';
  if (share < 0.01) return '< 1 %';
  if (share < 1 && share >= 0.995) return '> 99 %';
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

/** So many a minute, or a second where it is quicker. */
export function rate(perMinute) {
  if (typeof perMinute !== 'number') return DASH;
  if (perMinute >= 120) return `${(perMinute / 60).toFixed(perMinute < 600 ? 1 : 0)}/s`;
  return `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)}/min`;
}

/** The time that has passed, in the one unit that matters; NaN gives a dash. */
export function ago(iso) {
  const seconds = (Date.now() - micros(iso) / 1000) / 1000;
  if (Number.isNaN(seconds)) return DASH;
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return clock(iso);
}

export function pathOf(url) {
  try {
    return new URL(text(url), location.origin).pathname;
  } catch {
    return text(url);
  }
}

export function count(n) {
  return typeof n === 'number' && Number.isFinite(n) ? n.toLocaleString('en') : DASH;
}

export function plural(n, noun) {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}

const XRAY_ID = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/;
const W3C_ID = /^[0-9a-f]{32}$/;

export function isTraceId(id) {
  return XRAY_ID.test(id) || W3C_ID.test(id);
}

export function w3cId(id) {
  return text(id).replace(XRAY_ID, '$1$2');
}

/** One of eight colours, the same for a service wherever it appears. */
export function hue(service) {
  let hash = 0;
  for (const character of text(service)) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  return `hue-${hash % 8}`;
}
