import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {count, number, plural} from '../format.js';
import {keyed} from '../lines.js';
import {choice, more} from '../parts/choice.js';
import {logTable} from '../parts/log-table.js';
import {search} from '../parts/search.js';
import {empty, FIRST_CALL} from '../parts/states.js';
import {href, refine} from '../router.js';

const LIMIT = 200;
const MOST = 3200;
const LEVELS = [['', 'Every level'], ['ERROR', 'ERROR'], ['WARN', 'WARN and above'], ['INFO', 'INFO and above'], ['DEBUG', 'DEBUG and above'], ['TRACE', 'TRACE and above']];

export const logs = {
  path: ['logs'],
  section: 'logs',
  kinds: ['log'],
  key: ({query}) => [query.q, query.level, query.trace, query.n],
  load: ({query}, signal) => api.logs({limit: limitOf(query), q: query.q, level: query.level, trace: query.trace}, signal),
  summary: (data) => plural(list(data, 'logs').length, 'log line'),
  head,
  body,
};

const limitOf = ({n}) => Math.min(Number(n) || LIMIT, MOST);

function head(data, {query}) {
  const filtered = query.q || query.level || query.trace;
  return html`
    <div class="bar-top">
      <h1>Logs</h1>
      ${search({value: query.q, label: 'Filter log lines', hint: 'Text, key=value, "a phrase", -without'})}
      ${choice({name: 'level', label: 'Level', value: query.level, options: LEVELS})}
      ${query.trace ? html`<span class="chip">trace <a href=${href(['traces', query.trace])}>${query.trace.slice(-8)}</a></span>` : nothing}
      ${filtered ? html`<button type="button" class="button quiet" @click=${() => refine({q: undefined, level: undefined, trace: undefined, n: undefined})}>Clear</button>` : nothing}
      <p class="tally">${data ? html`${isCut(data) ? 'the newest ' : nothing}${plural(list(data, 'logs').length, 'line')}${number(data.evicted) > 0 ? html`, <span title="The oldest make room for new ones">${count(data.evicted)} evicted</span>` : nothing}` : nothing}</p>
    </div>`;
}

/** More than that no page shows at once, though the console may keep them. */
const isCut = (data) => list(data, 'logs').length >= MOST;

function body(data, {query}) {
  // They come as a tail prints them; here, as in every list that grows, what is new is at the top.
  const lines = keyed(list(data, 'logs')).reverse();
  if (lines.length === 0) return nothingFound(query);
  return html`${logTable(lines)}${more({shown: lines.length, limit: limitOf(query), most: MOST})}
    ${isCut(data) ? html`<p class="more muted">Only the newest ${count(MOST)} are listed: a filter finds older ones.</p>` : nothing}`;
}

function nothingFound({q, level, trace}) {
  if (q || level || trace) return empty('No log line fits this filter', 'Nothing that is kept here matches. Press / to change the text, or choose another level.');
  return empty('Waiting for the first log line', 'What your service logs appears here by itself. With the example backend:', FIRST_CALL);
}
