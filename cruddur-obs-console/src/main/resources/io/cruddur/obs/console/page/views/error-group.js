import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {count, plural} from '../format.js';
import {exceptions, stack} from '../parts/exceptions.js';
import {jsonTree} from '../parts/json-tree.js';
import {level, time} from '../parts/marks.js';
import {href} from '../router.js';

export const errorGroup = {
  path: ['errors', ':fingerprint'],
  section: 'errors',
  key: () => '',
  load: ({params}, signal) => api.error(params.fingerprint, signal),
  summary: (data) => `Error group with ${plural(occurrencesOf(data).length, 'occurrence')}`,
  body,
};

/** Without a list of occurrences the group still names the traces it was seen in. */
function occurrencesOf(group) {
  const full = list(group, 'occurrences');
  return full.length > 0 ? full : list(group, 'traceIds').map((traceId) => ({traceId}));
}

function body(group, {params}) {
  const occurrences = occurrencesOf(group);
  const latest = occurrences[0] ?? {};
  return html`<header class="trace-header">
      <p class="crumb"><a href="#/errors"><span aria-hidden="true">←</span> Errors</a></p>
      <h1>${group.title || params.fingerprint}</h1>
      <p class="summary">${level(group.level)} <span>${count(group.count)} ${group.count === 1 ? 'time' : 'times'}</span>
        <span class="muted">first ${time(group.firstSeen)}</span> <span class="muted">last ${time(group.lastSeen)}</span></p>
    </header>
    <section class="latest">
      ${exceptions(list(latest, 'exceptions'))}
      ${stack(latest.stack)}
      ${latest.message && latest.message !== group.title ? html`<p class="message">${latest.message}</p>` : nothing}
      ${latest.custom ? html`<section class="block"><h3>Custom data</h3>${jsonTree(latest.custom)}</section>` : nothing}
    </section>
    <section class="related">
      <h2>Occurrences <span class="badge">${occurrences.length}</span></h2>
      ${occurrences.length > 0 ? table(occurrences) : html`<p class="muted">None is kept any more.</p>`}
    </section>`;
}

function table(occurrences) {
  return html`<table class="list occurrences">
    <caption class="unseen">Occurrences, latest first</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">Level</th><th scope="col">Trace</th><th scope="col">Item</th></tr></thead>
    <tbody>${occurrences.map((one) => html`<tr>
      <td class="when">${time(one.timestamp)}</td>
      <td class="who">${level(one.level)}</td>
      <td class="what">${one.traceId ? html`<a data-row href=${href(['traces', one.traceId], {span: one.spanId})}>${one.traceId}</a>` : html`<span class="muted">not in a trace</span>`}</td>
      <td class="link muted">${one.uuid ?? nothing}</td>
    </tr>`)}</tbody>
  </table>`;
}
