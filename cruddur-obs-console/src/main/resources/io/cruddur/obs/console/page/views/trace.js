import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, downloadOf, list, texts} from '../api.js';
import {criticalPath} from '../critical.js';
import {duration, pathOf, plural, text, w3cId} from '../format.js';
import {keyed} from '../lines.js';
import {copyAction, copyButton} from '../parts/copy.js';
import {curlOf} from '../parts/curl.js';
import {errorList} from '../parts/error-list.js';
import {logTable} from '../parts/log-table.js';
import {mark, service, status, time} from '../parts/marks.js';
import {empty} from '../parts/states.js';
import {refine} from '../router.js';
import {shownRows, waterfallOf} from '../tree.js';
import {spanPanel} from './span-panel.js';
import {waterfall} from './waterfall.js';

/** More lines than these between the spans would hide them; they are one click away. */
const INLINE_LINES = 200;

export const trace = {
  path: ['traces', ':id'],
  section: 'traces',
  kinds: ['trace', 'log', 'problem'],
  told: true,
  key: () => '',
  concerns: ({params}, row) => [row.id, row.traceId, ...texts(row, 'traceIds')].some((id) => w3cId(id) === w3cId(params.id.toLowerCase())),
  load: async ({params}, signal) => {
    const body = await api.trace(params.id, signal);
    const tree = waterfallOf(list(body, 'spans'));
    return {...body, waterfall: tree, critical: criticalPath(tree.rows), lines: keyed(list(body, 'logs'))};
  },
  summary: (data) => `Trace with ${plural(list(data, 'spans').length, 'span')}`,
  body,
  close: ({query}) => query.span && deselect(query.span),
};

/** The selected span lives in the address, so that a log line or another person can point at it. */
function select(spanId, logKey) {
  refine({span: spanId, line: logKey});
  // Where the panel covers the page, the focus goes with it.
  if (matchMedia('(width < 60rem)').matches) document.getElementById('span-panel')?.focus();
}

function deselect(spanId) {
  refine({span: undefined, line: undefined});
  document.getElementById(`span-${spanId}`)?.focus();
}

const foldedOf = ({folded}) => new Set((folded ?? '').split('.').filter(Boolean));

function fold(query, spanId) {
  const folded = foldedOf(query);
  if (!folded.delete(spanId)) folded.add(spanId);
  refine({folded: [...folded].join('.')});
}

function body(data, {query, params}) {
  const {rows, start, length} = data.waterfall;
  const selected = rows.find((row) => row.span.id === query.span);
  const names = new Map(rows.map((row) => [row.span.id, text(row.span.name)]));
  const {lines} = data;
  const inline = query.lines ? query.lines === 'on' : lines.length <= INLINE_LINES;
  const errors = list(data, 'errors');
  return html`
    ${header(data, rows[0]?.span, length, params.id)}
    <div class=${selected ? 'split open' : 'split'}>
      <div class="split-main">
        ${data.cut === true ? html`<p class="law cut">Not all of this trace is kept: of one trace the console has room for 10,000 documents and 8 MB. What came after that was refused.</p>` : nothing}
        ${errors.length > 0 ? related('Errors', errors, errorList) : nothing}
        ${rows.length > 0
          ? card(data, {inline, lines, query, selected})
          : empty('No spans yet', 'Log lines or errors with this trace id have arrived, its spans have not (or are not sampled).')}
        ${related('Logs', lines, (entries) => logTable(entries, {origin: start, names, traceId: data.id}), 'No log line carries the id of this trace.')}
      </div>
      ${selected ? spanPanel(selected, start, () => deselect(selected.span.id), linesOf(selected, lines, names, rows), query.line) : nothing}
    </div>`;
}

/** As in the waterfall: a line of no known span belongs to the root. */
function linesOf({span}, lines, names, rows) {
  const isRoot = span.id === rows[0].span.id;
  return lines.filter((entry) => entry.spanId === span.id || (isRoot && !names.has(entry.spanId)));
}

function card(data, {inline, lines, query, selected}) {
  const {rows, start, length} = data.waterfall;
  const folded = foldedOf(query);
  const critical = query.critical === 'off' ? undefined : data.critical;
  const shown = shownRows(rows, inline ? lines : [], folded).map((row) => (row.entry ? {...row, key: row.entry.key} : row));
  const toggle = (name, on, words) => html`<label class="toggle"><input type="checkbox" .checked=${on} @change=${({target}) => refine({[name]: target.checked ? 'on' : 'off'})}>${words}</label>`;
  return html`<section class="waterfall-card" aria-label="Waterfall">
    <div class="waterfall-tools">
      <span class="services">${[...new Set(rows.map((row) => text(row.span.service)).filter(Boolean))].slice(0, 8).map((name) => service(name))}</span>
      ${toggle('critical', critical !== undefined, 'Critical path')}
      ${lines.length > 0 ? toggle('lines', inline, `Logs (${lines.length})`) : nothing}
    </div>
    ${waterfall({rows: shown, all: rows, start, length, critical, folded, selectedId: query.line ? undefined : selected?.span.id, selectedLog: query.line, onSelect: select, onFold: (id) => fold(query, id)})}
  </section>`;
}

function header(data, root, length, askedId) {
  const id = text(data.id) || askedId;
  const w3c = text(data.w3cId) || w3cId(id);
  const response = root?.http?.response ?? {};
  const request = root?.http?.request ?? {};
  const curl = curlOf(root);
  return html`<header class="trace-header">
    <p class="crumb"><a href="#/traces"><span aria-hidden="true">←</span> Traces</a></p>
    <div class="title">
      <h1>${request.method ? html`${text(request.method)} ${pathOf(request.url)}` : text(root?.name) || 'Trace'}</h1>
      <div class="actions">
        ${curl ? copyAction(curl, 'Copy as cURL') : nothing}
        ${copyAction(id, 'Copy id')}
        <a class="button action" href=${downloadOf(id)} download>Download JSON</a>
      </div>
    </div>
    <p class="summary">${service(root?.service ?? root?.name)} ${status(response.status)} ${mark(root)}
      <strong>${duration(data.durationMs ?? (root ? length / 1000 : undefined))}</strong>
      <span>${plural(data.waterfall.rows.length, 'span')}</span>
      <span class="muted">${time(root?.startTime)}</span></p>
    <dl class="ids">
      <div><dt>X-Ray id</dt><dd><code>${id}</code>${copyButton(id, 'X-Ray id')}</dd></div>
      ${w3c !== id ? html`<div><dt>W3C id</dt><dd><code>${w3c}</code>${copyButton(w3c, 'W3C id')}</dd></div>` : nothing}
    </dl>
  </header>`;
}

function related(title, items, show, none) {
  return html`<section class="related">
    <h2>${title} <span class="badge">${items.length}</span></h2>
    ${items.length > 0 ? show(items) : html`<p class="muted">${none}</p>`}
  </section>`;
}
