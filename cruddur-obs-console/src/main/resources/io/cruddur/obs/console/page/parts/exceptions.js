import {html, nothing} from '/lib/lit-html/lit-html.js';

/** X-Ray frames ({path, line, label}), Rollbar frames ({filename, lineno, class_name, method}) or plain text lines. */
function line(frame) {
  if (frame === null || typeof frame !== 'object') return String(frame);
  const where = frame.label ?? [frame.class_name ?? frame.className, frame.method].filter(Boolean).join('.');
  const file = frame.path ?? frame.filename;
  const number = frame.line ?? frame.lineno;
  const source = [file, number].filter((x) => x !== undefined && x !== null && x !== '').join(':');
  return `at ${where || 'unknown'}${source ? ` (${source})` : ''}`;
}

export function stack(frames) {
  if (!frames || frames.length === 0) return nothing;
  const text = Array.isArray(frames) ? frames.map(line).join('\n') : String(frames);
  return html`<pre class="stack" tabindex="0">${text}</pre>`;
}

export function exceptions(thrown) {
  if (thrown.length === 0) return nothing;
  return html`<section class="block">
    <h3>${thrown.length === 1 ? 'Exception' : 'Exceptions'}</h3>
    ${thrown.map((e, i) => html`<details class="exception" ?open=${i === 0}>
      <summary><b>${e.type ?? 'Exception'}</b>${e.message ? html`: ${e.message}` : nothing}</summary>
      ${stack(e.stack)}
    </details>`)}
  </section>`;
}
