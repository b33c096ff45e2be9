import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list, texts} from '../api.js';
import {count, duration, isTraceId, number, plural, text} from '../format.js';
import {choice, more} from '../parts/choice.js';
import {longList} from '../parts/long-list.js';
import {connect, empty, FIRST_CALL} from '../parts/states.js';
import {mark, service, status, time} from '../parts/marks.js';
import {place} from '../parts/place.js';
import {scatter} from '../parts/scatter.js';
import {search} from '../parts/search.js';
import {go, href, quoted, refine} from '../router.js';

const LIMIT = 200;
const MOST = 2000;

const STATUSES = [['', 'Any outcome'], ['fault', 'Faults'], ['error', 'Errors'], ['throttle', 'Throttled'], ['2xx', '2xx'], ['3xx', '3xx'], ['4xx', '4xx'], ['5xx', '5xx']];
const DURATIONS = [['', 'Any duration'], ['10ms', '> 10 ms'], ['100ms', '> 100 ms'], ['500ms', '> 500 ms'], ['1s', '> 1 s'], ['5s', '> 5 s']];

export const traces = {
  path: ['traces'],
  section: 'traces',
  kinds: ['trace'],
  key: ({query}) => [query.q, query.service, query.status, query.slower, query.n],
  load: ({query}, signal) => api.traces({limit: limitOf(query), filter: filterOf(query)}, signal),
  summary: (data) => plural(list(data, 'traces').length, 'trace'),
  head,
  body,
};

const limitOf = ({n}) => Math.min(Number(n) || LIMIT, MOST);

/** What is chosen and what is typed, as the one filter that the API takes. */
function filterOf({q, service: chosen, status: outcome, slower}) {
  const terms = [q];
  if (chosen) terms.push(`service=${quoted(chosen)}`);
  if (outcome) terms.push(/^\d/.test(outcome) ? `status=${outcome}` : outcome);
  if (slower) terms.push(`duration>${slower}`);
  return terms.filter(Boolean).join(' ');
}

function head(data, {query}) {
  const services = texts(data, 'services').map((name) => [name, name]);
  const filtered = filterOf(query) !== '';
  return html`
    <div class="bar-top">
      <h1>Traces</h1>
      ${search({value: query.q, label: 'Filter traces', hint: 'Text, duration>250ms, annotation.key=value, or a trace id', onEnter: openById})}
      ${choice({name: 'service', label: 'Service', value: query.service, options: [['', 'Every service'], ...services]})}
      ${choice({name: 'status', label: 'Outcome', value: query.status, options: STATUSES})}
      ${choice({name: 'slower', label: 'Duration', value: query.slower, options: DURATIONS})}
      ${filtered ? html`<button type="button" class="button quiet" @click=${clear}>Clear</button>` : nothing}
      <p class="tally">${data ? tally(data) : nothing}</p>
    </div>`;
}

function clear() {
  refine({q: undefined, service: undefined, status: undefined, slower: undefined, n: undefined});
}

function tally(data) {
  const evicted = number(data.evicted) > 0 ? html`, <span title="The oldest make room for new ones">${count(data.evicted)} evicted</span>` : nothing;
  const rejected = number(data.rejectedDatagrams) > 0 ? html`, <span title="Datagrams that were no segment document, or belonged to a trace that is full">${count(data.rejectedDatagrams)} rejected</span>` : nothing;
  return html`${plural(list(data, 'traces').length, 'trace')}${evicted}${rejected}`;
}

function body(data, {query}) {
  const found = list(data, 'traces');
  if (found.length === 0) return nothingFound(filterOf(query));
  return html`${scatter(found)}${table(found)}${more({shown: found.length, limit: limitOf(query), most: MOST})}`;
}

function openById(typed) {
  const id = typed.trim().toLowerCase();
  if (!isTraceId(id)) return false;
  go(href(['traces', id]));
  return true;
}

function nothingFound(filter) {
  if (filter) return empty('No trace fits this filter', `Nothing that is kept here matches “${filter}”. Press / to change it.`);
  return html`${empty('Waiting for the first trace', 'Call your service once, and its trace appears here by itself. With the example backend:', FIRST_CALL)}
    ${connect()}`;
}

function table(found) {
  const longest = Math.max(...found.map((t) => number(t.durationMs)), 0.001);
  return html`<table class="list traces" aria-rowcount=${found.length + 1}>
    <caption class="unseen">Traces, newest first</caption>
    <thead>
      <tr><th scope="col">Time</th><th scope="col">Service</th><th scope="col">Trace</th><th scope="col">Status</th><th scope="col">Duration</th><th scope="col" class="number">Spans</th></tr>
    </thead>
    <tbody>${longList({rows: found, key: (t) => text(t.id), row: (t, index) => row(t, index, longest)})}</tbody>
  </table>`;
}

function row(t, index, longest) {
  const [method, path, name] = [t.method, t.path, t.name].map(text);
  const request = [method, path].filter(Boolean).join(' ');
  const title = request || name || text(t.id);
  const subtitle = request && name && name !== t.service && name !== request ? name : undefined;
  return html`<tr class="opens" aria-rowindex=${index + 2}>
    <td class="when">${time(t.startTime)}</td>
    <td class="who">${service(t.service ?? t.name)}</td>
    <td class="what"><a data-row href=${href(['traces', t.id])}>${method ? html`<b>${method}</b> ${path}` : title}</a>
      ${subtitle ? html`<span class="muted">${subtitle}</span>` : nothing}</td>
    <td class="state">${status(t.status)} ${mark(t)}</td>
    <td class="took"><span class="took-text">${t.inProgress ? 'in progress' : duration(t.durationMs)}</span>
      ${meter(t, longest)}</td>
    <td class="number size">${count(t.spans)}<span class="unit"> ${t.spans === 1 ? 'span' : 'spans'}</span></td>
  </tr>`;
}

function meter({durationMs, fault}, longest) {
  if (!Number.isFinite(durationMs)) return nothing;
  return html`<span class="meter" aria-hidden="true"><i class=${fault ? 'fault' : ''} ${place({width: `${(100 * durationMs) / longest}%`})}></i></span>`;
}
