const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command that sends the same request once more, as far as the span knows it; undefined if it does not. */
export function curlOf(span) {
  const {method, url} = span?.http?.request ?? {};
  if (!url) return undefined;
  const words = ['curl', '-i'];
  if (method && method !== 'GET') words.push('-X', /^[A-Z]+$/.test(method) ? method : quoted(method));
  words.push(quoted(String(url)));
  return words.join(' ');
}
