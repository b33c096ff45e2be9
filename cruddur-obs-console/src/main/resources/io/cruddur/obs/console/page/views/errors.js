import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {count, number, plural} from '../format.js';
import {errorList} from '../parts/error-list.js';
import {empty} from '../parts/states.js';

export const errors = {
  path: ['errors'],
  section: 'errors',
  kinds: ['problem'],
  key: () => '',
  load: (route, signal) => api.errors(signal),
  summary: (data) => plural(list(data, 'errors').length, 'error group'),
  head,
  body,
};

function head(data) {
  return html`<div class="bar-top"><h1>Errors</h1><p class="tally">${data ? html`${plural(list(data, 'errors').length, 'group')}${number(data.evicted) > 0 ? `, ${count(data.evicted)} evicted` : ''}` : nothing}</p></div>`;
}

function body(data) {
  const groups = list(data, 'errors');
  if (groups.length > 0) return errorList(groups);
  return empty('No error so far', 'An error that your service reports appears here, grouped by its cause. To see one with the example backend:', 'curl localhost:4567/dev/boom');
}
