import {text} from '../format.js';

/** What is no text: a terminal obeys some of it, even while it is only pasted. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One word to a shell; with what is no text in it by its number, as bash and zsh read it. */
function quoted(word) {
  if (word.search(UNSEEN) < 0) return `'${word.replaceAll("'", `'\\''`)}'`;
  const numbered = (character) => `\\U${character.codePointAt(0).toString(16).padStart(8, '0')}`;
  return `$'${word.replace(/[\\']/g, '\\$&').replace(UNSEEN, numbered)}'`;
}

/** A command that sends the same request once more, as far as the span knows it; undefined if it does not. */
export function curlOf(span) {
  const {method: verb, url} = span?.http?.request ?? {};
  if (!url) return undefined;
  const [method, address] = [verb, url].map(text);
  const words = ['curl', '-i'];
  if (method && method !== 'GET') words.push('-X', /^[A-Z]+$/.test(method) ? method : quoted(method));
  if (address.startsWith('-')) words.push('--url');
  words.push(quoted(address));
  return words.join(' ');
}
