import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {plural} from '../format.js';
import {logTable} from '../parts/log-table.js';
import {search} from '../parts/search.js';
import {empty, FIRST_CALL} from '../parts/states.js';
import {refine} from '../router.js';

const LIMIT = 300;
const LEVELS = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'];

export const logs = {
  path: ['logs'],
  section: 'logs',
  kinds: ['log'],
  key: ({query}) => [query.q, query.level],
  load: ({query}, signal) => api.logs({limit: LIMIT, q: query.q, level: query.level}, signal),
  summary: (data) => plural(list(data, 'logs').length, 'log line'),
  head,
  body,
};

function head(data, {query}) {
  return html`
    <div class="bar-top">
      <h1>Logs</h1>
      ${search({value: query.q, label: 'Filter log lines', hint: 'Text in the log line'})}
      <label class="choice"><span class="unseen">Level</span>
        <select @change=${(event) => refine({level: event.target.value})}>
          <option value="" ?selected=${!query.level}>Every level</option>
          ${LEVELS.map((name) => html`<option value=${name} ?selected=${name === query.level}>${name}${name === 'ERROR' ? '' : ' and above'}</option>`)}
        </select></label>
      <p class="tally">${data ? plural(list(data, 'logs').length, 'line') : nothing}</p>
    </div>`;
}

function body(data, {query}) {
  // They come as a tail prints them; here, as in every list that grows, what is new is at the top.
  const lines = list(data, 'logs').reverse();
  return lines.length > 0 ? logTable(lines) : nothingFound(query);
}

function nothingFound({q, level}) {
  if (q || level) return empty('No log line fits this filter', 'Nothing that is kept here matches. Press / to change the text, or choose another level.');
  return empty('Waiting for the first log line', 'What your service logs appears here by itself. With the example backend:', FIRST_CALL);
}
