import {html, nothing} from '/lib/lit-html/lit-html.js';
import {repeat} from '/lib/lit-html/directives/repeat.js';
import {duration, micros} from '../format.js';
import {current, go, href} from '../router.js';
import {level, service as serviceMark, time} from './marks.js';
import {stack} from './stack.js';

const FAR_MS = 3_600_000;

/**
 * Log lines. With `origin` (microseconds) the time is told from the start of the trace; `names` gives the name of a
 * span by its id.
 */
export function logTable(lines, {origin, names, traceId} = {}) {
  const keys = new Map();
  return html`<table class="list logs">
    <caption class="unseen">Log lines</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">Level</th><th scope="col">Message</th><th scope="col">${names ? 'Span' : 'Trace'}</th></tr></thead>
    <tbody>${repeat(lines, (entry) => keyOf(entry, keys), (entry) => html`<tr>
      <td class="when">${origin ? sinceStart(entry.timestamp, origin) : time(entry.timestamp)}</td>
      <td class="who">${level(entry.level)}</td>
      <td class="what">${message(entry)}</td>
      <td class="link">${names ? spanLink(entry, names, traceId) : traceLink(entry)}</td>
    </tr>`)}</tbody>
  </table>`;
}

/** The same for a line from one look to the next, so that what is unfolded stays so while new ones come. */
function keyOf(entry, seen) {
  const key = `${entry.timestamp} ${entry.spanId ?? ''} ${entry.message}`;
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return `${key} ${before}`;
}

function sinceStart(timestamp, origin) {
  const ms = (micros(timestamp) - origin) / 1000;
  // That far from its trace a line is not part of the picture; most likely a clock is wrong.
  if (!(Math.abs(ms) < FAR_MS)) return time(timestamp);
  return html`<time datetime=${timestamp} title=${timestamp}>${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}</time>`;
}

function message(entry) {
  const origin = [entry.group, entry.stream].filter(Boolean).join(' / ');
  const text = html`<span class="message">${entry.message}</span>`;
  const logger = entry.logger ? html`<span class="muted logger" title=${entry.logger}>${shortName(entry.logger)}</span>` : nothing;
  return html`<details class="line"><summary data-row>${text}${logger}</summary>
    ${stack(entry.exception)}
    ${fieldsOf(entry)}
    ${origin ? html`<p class="muted">${origin}</p>` : nothing}
  </details>`;
}

const shortName = (logger) => logger.split('.').at(-1);

/** What a line carries beside its message. A plain value is a filter: choosing it shows the lines that share it. */
export function fieldsOf({fields, mdc, logger, thread, service, environment}) {
  const pairs = Object.entries({...mdc, ...fields, logger, thread, service, environment}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (pairs.length === 0) return nothing;
  return html`<dl class="fields">${pairs.map(([key, value]) => html`<div><dt>${key}</dt><dd>${fieldValue(key, value)}</dd></div>`)}</dl>`;
}

function fieldValue(key, value) {
  if (key === 'service') return serviceMark(value);
  if (typeof value === 'object') return html`<code>${JSON.stringify(value)}</code>`;
  const text = String(value);
  if (/["\s]/.test(key) || text.includes('"')) return html`<code>${text}</code>`;
  return html`<button type="button" class="pick" title="Show the lines with ${key} = ${text}" @click=${() => go(withField(key, text))}><code>${text}</code></button>`;
}

function withField(key, value) {
  const term = `${key}=${/\s/.test(value) ? `"${value}"` : value}`;
  const {segments, query} = current();
  const before = segments[0] === 'logs' ? query : {};
  const q = before.q?.includes(term) ? before.q : [before.q, term].filter(Boolean).join(' ');
  return href(['logs'], {...before, q});
}

function spanLink({spanId}, names, traceId) {
  if (!spanId || !names.has(spanId)) return nothing;
  return html`<a href=${href(['traces', traceId], {span: spanId})}>${names.get(spanId) || spanId}</a>`;
}

function traceLink({traceId, spanId}) {
  if (!traceId) return nothing;
  return html`<a href=${href(['traces', traceId], {span: spanId})} title=${traceId}>${traceId.slice(-8)}</a>`;
}
