import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {count, plural} from '../format.js';
import {exceptions} from '../parts/exceptions.js';
import {facts} from '../parts/facts.js';
import {jsonTree} from '../parts/json-tree.js';
import {level, time} from '../parts/marks.js';
import {href} from '../router.js';

export const errorGroup = {
  path: ['errors', ':fingerprint'],
  section: 'errors',
  kinds: ['problem'],
  key: () => '',
  load: ({params}, signal) => api.error(params.fingerprint, signal),
  summary: (data) => `Error group with ${plural(list(data, 'occurrences').length, 'occurrence')}`,
  body,
};

/** The exceptions of a Rollbar item, the outermost first; its frames end with the one that threw. */
function thrownIn({trace_chain: chain, trace}) {
  return (chain ?? [trace]).filter(Boolean).map(({exception, frames}) => ({
    type: exception?.class,
    message: exception?.message,
    stack: Array.isArray(frames) ? [...frames].reverse() : undefined,
  }));
}

function body(group, {params}) {
  const occurrences = list(group, 'occurrences');
  const item = group.latest ?? {};
  const contents = item.body ?? {};
  const message = contents.message?.body;
  return html`<header class="trace-header">
      <p class="crumb"><a href="#/errors"><span aria-hidden="true">←</span> Errors</a></p>
      <h1>${group.title || params.fingerprint}</h1>
      <p class="summary">${level(group.level)} <span>${count(group.count)} ${group.count === 1 ? 'time' : 'times'}</span>
        <span class="muted">first ${time(group.firstSeen)}</span> <span class="muted">last ${time(group.lastSeen)}</span></p>
    </header>
    <section class="latest">
      ${exceptions(thrownIn(contents))}
      ${message && message !== group.title ? html`<p class="message">${message}</p>` : nothing}
      ${facts('Request', item.request)}
      ${item.custom ? html`<section class="block"><h3>Custom data</h3>${jsonTree(item.custom)}</section>` : nothing}
      <details class="block whole"><summary>The latest item, whole</summary>${jsonTree(item)}</details>
    </section>
    <section class="related">
      <h2>Occurrences <span class="badge">${occurrences.length}</span></h2>
      ${occurrences.length > 0 ? table(occurrences) : html`<p class="muted">None is kept any more.</p>`}
    </section>`;
}

function table(occurrences) {
  return html`<table class="list occurrences">
    <caption class="unseen">Occurrences, latest first</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">Trace</th><th scope="col">Item</th></tr></thead>
    <tbody>${occurrences.map((one) => html`<tr>
      <td class="when">${time(one.timestamp)}</td>
      <td class="what">${one.traceId ? html`<a data-row href=${href(['traces', one.traceId], {span: one.spanId})}>${one.traceId}</a>` : html`<span class="muted">not in a trace</span>`}</td>
      <td class="link muted">${one.uuid ?? nothing}</td>
    </tr>`)}</tbody>
  </table>`;
}
