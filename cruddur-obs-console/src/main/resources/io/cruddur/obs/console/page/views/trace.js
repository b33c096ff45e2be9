import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {duration, plural, w3cId} from '../format.js';
import {copyButton} from '../parts/copy.js';
import {errorList} from '../parts/error-list.js';
import {logTable} from '../parts/log-table.js';
import {mark, service, status, time} from '../parts/marks.js';
import {empty} from '../parts/states.js';
import {refine} from '../router.js';
import {waterfallOf} from '../tree.js';
import {spanPanel} from './span-panel.js';
import {waterfall} from './waterfall.js';

export const trace = {
  path: ['traces', ':id'],
  section: 'traces',
  kinds: ['trace', 'log', 'problem'],
  key: () => '',
  load: async ({params}, signal) => {
    const body = await api.trace(params.id, signal);
    return {...body, waterfall: waterfallOf(list(body, 'spans'))};
  },
  summary: (data) => `Trace with ${plural(list(data, 'spans').length, 'span')}`,
  body,
  close: ({query}) => query.span && deselect(query.span),
};

/** The selected span lives in the address, so that a log line or another person can point at it. */
function select(spanId) {
  refine({span: spanId});
  // Where the panel covers the page, the focus goes with it.
  if (matchMedia('(width < 60rem)').matches) document.getElementById('span-panel')?.focus();
}

function deselect(spanId) {
  refine({span: undefined});
  document.getElementById(`span-${spanId}`)?.focus();
}

function body(data, {query, params}) {
  const {rows, start, length} = data.waterfall;
  const selected = rows.find((row) => row.span.id === query.span);
  const names = new Map(rows.map((row) => [row.span.id, row.span.name]));
  return html`
    ${header(data, rows[0]?.span, length, params.id)}
    <div class=${selected ? 'split open' : 'split'}>
      <div class="split-main">
        ${rows.length > 0
          ? waterfall({rows, start, length, selectedId: selected?.span.id, onSelect: select})
          : empty('No spans yet', 'Log lines or errors with this trace id have arrived, its spans have not (or are not sampled).')}
        ${related('Errors', list(data, 'errors'), errorList, 'No error was reported in this trace.')}
        ${related('Logs', list(data, 'logs'), (lines) => logTable(lines, {origin: start, names, traceId: data.id}), 'No log line carries the id of this trace.')}
      </div>
      ${selected ? spanPanel(selected, start, () => deselect(selected.span.id)) : nothing}
    </div>`;
}

function header(data, root, length, askedId) {
  const id = data.id ?? askedId;
  const w3c = data.w3cId ?? w3cId(id);
  const response = root?.http?.response ?? {};
  const request = root?.http?.request ?? {};
  return html`<header class="trace-header">
    <p class="crumb"><a href="#/traces"><span aria-hidden="true">←</span> Traces</a></p>
    <h1>${request.method ? html`${request.method} ${pathOf(request.url)}` : (root?.name ?? 'Trace')}</h1>
    <p class="summary">${service(root?.service ?? root?.name)} ${status(response.status)} ${mark(root)}
      <span>${duration(data.durationMs ?? (root ? length / 1000 : undefined))}</span>
      <span>${plural(data.waterfall.rows.length, 'span')}</span>
      <span class="muted">${time(root?.startTime)}</span></p>
    <dl class="ids">
      <div><dt>X-Ray id</dt><dd><code>${id}</code>${copyButton(id, 'X-Ray id')}</dd></div>
      ${w3c !== id ? html`<div><dt>W3C id</dt><dd><code>${w3c}</code>${copyButton(w3c, 'W3C id')}</dd></div>` : nothing}
    </dl>
  </header>`;
}

function pathOf(url) {
  try {
    return new URL(url, location.origin).pathname;
  } catch {
    return url ?? '';
  }
}

function related(title, items, show, none) {
  return html`<section class="related">
    <h2>${title} <span class="badge">${items.length}</span></h2>
    ${items.length > 0 ? show(items) : html`<p class="muted">${none}</p>`}
  </section>`;
}
