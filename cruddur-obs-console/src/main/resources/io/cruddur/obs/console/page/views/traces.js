import {html, nothing} from '/lib/lit-html/lit-html.js';
import {repeat} from '/lib/lit-html/directives/repeat.js';
import {api, list} from '../api.js';
import {count, duration, isTraceId, plural} from '../format.js';
import {empty, FIRST_CALL} from '../parts/states.js';
import {mark, service, status, time} from '../parts/marks.js';
import {place} from '../parts/place.js';
import {search} from '../parts/search.js';
import {go, href} from '../router.js';

const LIMIT = 200;

export const traces = {
  path: ['traces'],
  section: 'traces',
  kinds: ['trace'],
  key: ({query}) => query.q,
  load: ({query}, signal) => api.traces({limit: LIMIT, filter: query.q}, signal),
  summary: (data) => plural(list(data, 'traces').length, 'trace'),
  head,
  body,
};

function head(data, {query}) {
  return html`
    <div class="bar-top">
      <h1>Traces</h1>
      ${search({value: query.q, label: 'Filter traces', hint: 'Filter, or paste a trace id', onEnter: openById})}
      <p class="tally">${data ? tally(data) : nothing}</p>
    </div>`;
}

function tally(data) {
  const evicted = data.evicted > 0 ? html`, <span title="The oldest make room for new ones">${count(data.evicted)} evicted</span>` : nothing;
  const rejected = data.rejectedDatagrams > 0 ? html`, <span title="Datagrams that were no segment document">${count(data.rejectedDatagrams)} rejected</span>` : nothing;
  return html`${plural(list(data, 'traces').length, 'trace')}${evicted}${rejected}`;
}

function body(data, {query}) {
  const found = list(data, 'traces');
  return found.length > 0 ? table(found) : nothingFound(query.q);
}

function openById(text) {
  const id = text.trim().toLowerCase();
  if (!isTraceId(id)) return false;
  go(href(['traces', id]));
  return true;
}

function nothingFound(filter) {
  if (filter) return empty('No trace fits this filter', `Nothing that is kept here matches “${filter}”. Press / to change it.`);
  return empty('Waiting for the first trace', 'Call your service once, and its trace appears here by itself. With the example backend:', FIRST_CALL);
}

function table(found) {
  const longest = Math.max(...found.map((t) => t.durationMs ?? 0), 0.001);
  return html`<table class="list traces">
    <caption class="unseen">Traces, newest first</caption>
    <thead>
      <tr><th scope="col">Time</th><th scope="col">Service</th><th scope="col">Trace</th><th scope="col">Status</th><th scope="col">Duration</th><th scope="col" class="number">Spans</th></tr>
    </thead>
    <tbody>${repeat(found, (t) => t.id, (t) => row(t, longest))}</tbody>
  </table>`;
}

function row(t, longest) {
  const request = [t.method, t.path].filter(Boolean).join(' ');
  const title = request || t.name || t.id;
  const subtitle = request && t.name && t.name !== t.service && t.name !== request ? t.name : undefined;
  return html`<tr class="opens">
    <td class="when">${time(t.startTime)}</td>
    <td class="who">${service(t.service ?? t.name)}</td>
    <td class="what"><a data-row href=${href(['traces', t.id])}>${t.method ? html`<b>${t.method}</b> ${t.path ?? ''}` : title}</a>
      ${subtitle ? html`<span class="muted">${subtitle}</span>` : nothing}</td>
    <td class="state">${status(t.status)} ${mark(t)}</td>
    <td class="took"><span class="took-text">${duration(t.durationMs)}</span>
      ${meter(t, longest)}</td>
    <td class="number size">${count(t.spans)}<span class="unit"> ${t.spans === 1 ? 'span' : 'spans'}</span></td>
  </tr>`;
}

function meter({durationMs, fault}, longest) {
  if (typeof durationMs !== 'number') return nothing;
  return html`<span class="meter" aria-hidden="true"><i class=${fault ? 'fault' : ''} ${place({width: `${(100 * durationMs) / longest}%`})}></i></span>`;
}
