import {html, nothing} from '/lib/lit-html/lit-html.js';
import {duration, micros, record, text} from '../format.js';
import {current, go, href} from '../router.js';
import {longList} from './long-list.js';
import {level, service as serviceMark, time} from './marks.js';
import {stack} from './stack.js';

const FAR_MS = 3_600_000;

/** The terms of a filter, as the console reads them. */
const TERMS = /-?(?:"[^"]*"|[^\s"=]+="[^"]*"|\S+)/g;

/** A filter may have 500 characters, and there may be one already. */
const MOST_FILTER = 250;

/** By their keys, the lines that somebody unfolded: what scrolls out of sight leaves the document, and comes back. */
const unfolded = new Set();

/**
 * Log lines, keyed. With `origin` (microseconds) the time is told from the start of the trace; `names` gives the name of a
 * span by its id.
 */
export function logTable(lines, {origin, names, traceId} = {}) {
  return html`<table class="list logs" aria-rowcount=${lines.length + 1}>
    <caption class="unseen">Log lines</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">Level</th><th scope="col">Message</th><th scope="col">${names ? 'Span' : 'Trace'}</th></tr></thead>
    <tbody>${longList({rows: lines, key: (entry) => entry.key, row: (entry, index) => html`<tr aria-rowindex=${index + 2}>
      <td class="when">${origin ? sinceStart(entry.timestamp, origin) : time(entry.timestamp)}</td>
      <td class="who">${level(entry.level)}</td>
      <td class="what">${message(entry)}</td>
      <td class="link">${names ? spanLink(entry, names, traceId) : traceLink(entry)}</td>
    </tr>`})}</tbody>
  </table>`;
}

function sinceStart(timestamp, origin) {
  const ms = (micros(timestamp) - origin) / 1000;
  // That far from its trace a line is not part of the picture; most likely a clock is wrong.
  if (!(Math.abs(ms) < FAR_MS)) return time(timestamp);
  const exact = text(timestamp);
  return html`<time datetime=${exact} title=${exact}>${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}</time>`;
}

function message(entry) {
  const origin = [entry.group, entry.stream].map(text).filter(Boolean).join(' / ');
  const name = text(entry.logger);
  const logger = name ? html`<span class="muted logger" title=${name}>${name.split('.').at(-1)}</span>` : nothing;
  const onToggle = ({target}) => (target.open ? unfolded.add(entry.key) : unfolded.delete(entry.key));
  return html`<details class="line" ?open=${unfolded.has(entry.key)} @toggle=${onToggle}><summary data-row><span class="message">${text(entry.message)}</span>${logger}</summary>
    ${stack(entry.exception)}
    ${fieldsOf(entry)}
    ${origin ? html`<p class="muted">${origin}</p>` : nothing}
  </details>`;
}

/** What a line carries beside its message. A plain value is a filter: choosing it shows the lines that share it. */
export function fieldsOf({fields, mdc, logger, thread, service, environment}) {
  const pairs = Object.entries({...record(mdc), ...record(fields), logger, thread, service, environment}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (pairs.length === 0) return nothing;
  return html`<dl class="fields">${pairs.map(([key, value]) => html`<div><dt>${key}</dt><dd>${fieldValue(key, value)}</dd></div>`)}</dl>`;
}

function fieldValue(key, value) {
  if (key === 'service') return serviceMark(value);
  if (typeof value === 'object') return html`<code>${text(value)}</code>`;
  const words = text(value);
  if (/^-|["\s=]/.test(key) || words.includes('"') || termOf(key, words).length > MOST_FILTER) return html`<code>${words}</code>`;
  return html`<button type="button" class="pick" title="Show the lines with ${key} = ${words}" @click=${() => go(withField(key, words))}><code>${words}</code></button>`;
}

const termOf = (key, value) => `${key}=${/\s/.test(value) ? `"${value}"` : value}`;

function withField(key, value) {
  const term = termOf(key, value);
  const {segments, query} = current();
  const before = segments[0] === 'logs' ? query : {};
  const q = before.q?.match(TERMS)?.includes(term) ? before.q : [before.q, term].filter(Boolean).join(' ');
  return href(['logs'], {...before, q});
}

function spanLink({spanId}, names, traceId) {
  const id = text(spanId);
  if (!id || !names.has(id)) return nothing;
  return html`<a href=${href(['traces', traceId], {span: id})}>${names.get(id) || id}</a>`;
}

function traceLink({traceId, spanId}) {
  const id = text(traceId);
  if (!id) return nothing;
  return html`<a href=${href(['traces', id], {span: spanId})} title=${id}>${id.slice(-8)}</a>`;
}
