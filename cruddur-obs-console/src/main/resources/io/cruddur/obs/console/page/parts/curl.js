import {text} from '../format.js';

const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`;

/** A command that sends the same request once more, as far as the span knows it; undefined if it does not. */
export function curlOf(span) {
  const {method: verb, url} = span?.http?.request ?? {};
  if (!url) return undefined;
  const method = text(verb);
  const words = ['curl', '-i'];
  if (method && method !== 'GET') words.push('-X', /^[A-Z]+$/.test(method) ? method : quoted(method));
  words.push(quoted(text(url)));
  return words.join(' ');
}
