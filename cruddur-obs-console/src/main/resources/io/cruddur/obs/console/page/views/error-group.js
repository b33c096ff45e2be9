import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {ago, count, number, plural, record, text} from '../format.js';
import {copyAction} from '../parts/copy.js';
import {facts} from '../parts/facts.js';
import {jsonTree} from '../parts/json-tree.js';
import {level, service, time} from '../parts/marks.js';
import {exceptions} from '../parts/stack.js';
import {trend} from '../parts/trend.js';
import {href} from '../router.js';

/** Custom data that has a place of its own on the page. */
const KNOWN = new Set(['traceId', 'xrayTraceId', 'spanId', 'service', 'consoleUrl']);

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
function thrownIn(contents) {
  const chain = list(contents, 'trace_chain');
  return (chain.length > 0 ? chain : [contents.trace]).filter(Boolean).map(({exception, frames}) => ({
    type: exception?.class,
    message: exception?.message,
    stack: Array.isArray(frames) ? [...frames].reverse() : undefined,
  }));
}

function body(group, {params}) {
  const occurrences = list(group, 'occurrences');
  const item = record(group.latest);
  const contents = record(item.body);
  const message = text(contents.message?.body);
  const latest = occurrences.find((one) => one.traceId);
  const custom = Object.fromEntries(Object.entries(record(item.custom)).filter(([key]) => !KNOWN.has(key)));
  const hasCustom = Object.keys(custom).length > 0;
  return html`<header class="trace-header">
      <p class="crumb"><a href="#/errors"><span aria-hidden="true">←</span> Errors</a></p>
      <div class="title">
        <h1>${text(group.title) || params.fingerprint}</h1>
        <div class="actions">
          ${latest ? html`<a class="button action main-action" href=${href(['traces', latest.traceId], {span: latest.spanId})}>Open latest trace</a>
            <a class="button action" href=${href(['logs'], {trace: latest.traceId})}>Its logs</a>` : nothing}
          ${copyAction(params.fingerprint, 'Copy fingerprint')}
        </div>
      </div>
      <p class="summary">${level(group.level)} ${service(group.service)} <strong>${count(group.count)} ${group.count === 1 ? 'time' : 'times'}</strong>
        <span class="muted">first ${time(group.firstSeen)}</span> <span class="muted">last ${ago(group.lastSeen)}</span></p>
    </header>
    <div class="error-split">
      <section class="latest">
        <h2>Latest occurrence</h2>
        ${exceptions(thrownIn(contents))}
        ${message ? html`<p class="message boxed">${message}</p>` : nothing}
        <section class="related">
          <h2>Occurrences <span class="badge">${occurrences.length}</span></h2>
          ${occurrences.length > 0 ? html`${table(occurrences)}${older(group.olderOccurrences)}` : html`<p class="muted">None is kept any more.</p>`}
        </section>
      </section>
      <aside class="error-facts" aria-label="About this error">
        ${group.trend ? html`<section class="block"><h3>Trend</h3>${trend(group.trend)}</section>` : nothing}
        ${facts('Where', {environment: item.environment, host: item.server?.host, framework: item.framework, language: item.language, code_version: item.code_version})}
        ${facts('Request', item.request)}
        ${hasCustom ? html`<section class="block"><h3>Custom data</h3>${jsonTree(custom)}</section>` : nothing}
        <details class="block whole"><summary>The latest item, whole</summary>${jsonTree(item)}</details>
      </aside>
    </div>`;
}

/** The items that are counted, and kept no more. */
function older(items) {
  if (!(number(items) > 0)) return nothing;
  return html`<p class="more muted">${count(items)} older, of which only the count is kept</p>`;
}

function table(occurrences) {
  return html`<table class="list occurrences">
    <caption class="unseen">Occurrences, latest first</caption>
    <thead><tr><th scope="col">Time</th><th scope="col">Trace</th><th scope="col">Logs</th><th scope="col">Item</th></tr></thead>
    <tbody>${occurrences.map((one) => html`<tr>
      <td class="when">${time(one.timestamp)}</td>
      <td class="what">${one.traceId ? html`<a data-row href=${href(['traces', one.traceId], {span: one.spanId})}>${text(one.traceId)}</a>` : html`<span class="muted">not in a trace</span>`}</td>
      <td class="link">${one.traceId ? html`<a href=${href(['logs'], {trace: one.traceId})}>logs</a>` : nothing}</td>
      <td class="link muted uuid">${text(one.uuid)}</td>
    </tr>`)}</tbody>
  </table>`;
}
