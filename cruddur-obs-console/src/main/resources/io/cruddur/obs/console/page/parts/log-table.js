import {html, nothing} from '/lib/lit-html/lit-html.js';
import {duration, micros} from '../format.js';
import {href} from '../router.js';
import {stack} from './exceptions.js';
import {jsonTree} from './json-tree.js';
import {level, time} from './marks.js';

const FAR_MS = 3_600_000;

/**
 * Log lines. With `origin` (microseconds) the time is told from the start of the trace; `names` gives the name of a
 * span by its id.
 */
export function logTable(lines, {origin, names, traceId} = {}) {
  return html`<table class="list logs">
    <caption class="unseen">Log lines</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">Level</th><th scope="col">Message</th><th scope="col">${names ? 'Span' : 'Trace'}</th></tr></thead>
    <tbody>${lines.map((entry) => html`<tr>
      <td class="when">${origin ? sinceStart(entry.timestamp, origin) : time(entry.timestamp)}</td>
      <td class="who">${level(entry.level)}</td>
      <td class="what">${message(entry)}</td>
      <td class="link">${names ? spanLink(entry, names, traceId) : traceLink(entry)}</td>
    </tr>`)}</tbody>
  </table>`;
}

function sinceStart(timestamp, origin) {
  const ms = (micros(timestamp) - origin) / 1000;
  // That far from its trace a line is not part of the picture; most likely a clock is wrong.
  if (!(Math.abs(ms) < FAR_MS)) return time(timestamp);
  return html`<time datetime=${timestamp} title=${timestamp}>${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}</time>`;
}

function message(entry) {
  const origin = [entry.group, entry.stream].filter(Boolean).join(' / ');
  const {service, environment, thread, mdc, fields} = entry;
  const details = Object.fromEntries(Object.entries({...fields, mdc, thread, service, environment}).filter(([, value]) => value));
  const hasDetails = Object.keys(details).length > 0;
  const text = html`<span class="message">${entry.message}</span>`;
  const logger = entry.logger ? html`<span class="muted logger">${entry.logger}</span>` : nothing;
  if (!hasDetails && !origin && !entry.exception) return html`${text}${logger}`;
  return html`<details class="line"><summary data-row>${text}${logger}</summary>
    ${stack(entry.exception)}
    ${hasDetails ? jsonTree(details) : nothing}
    ${origin ? html`<p class="muted">${origin}</p>` : nothing}
  </details>`;
}

function spanLink({spanId}, names, traceId) {
  if (!spanId || !names.has(spanId)) return nothing;
  return html`<a href=${href(['traces', traceId], {span: spanId})}>${names.get(spanId) || spanId}</a>`;
}

function traceLink({traceId, spanId}) {
  if (!traceId) return nothing;
  return html`<a href=${href(['traces', traceId], {span: spanId})} title=${traceId}>${traceId.slice(-8)}</a>`;
}
