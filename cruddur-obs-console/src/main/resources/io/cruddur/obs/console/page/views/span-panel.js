import {html, nothing} from '/lib/lit-html/lit-html.js';
import {list} from '../api.js';
import {count, duration, micros, record, text} from '../format.js';
import {copyAction, copyButton} from '../parts/copy.js';
import {curlOf} from '../parts/curl.js';
import {facts} from '../parts/facts.js';
import {jsonTree} from '../parts/json-tree.js';
import {fieldsOf} from '../parts/log-table.js';
import {level, mark, service, time} from '../parts/marks.js';
import {exceptions, stack} from '../parts/stack.js';
import {href} from '../router.js';

/** More lines than these say nothing to the eye, and the table of the trace has them all. */
const MOST_LINES = 100;

/** Everything a span carries, and the log lines within it. Blocks that it does not have are left out. */
export function spanPanel({span, start, end, open}, traceStart, onClose, lines, lineKey) {
  const curl = curlOf(span);
  return html`<aside id="span-panel" tabindex="-1" aria-label="Span ${text(span.name) || span.id}">
    <header>
      <h2>${text(span.name) || span.id}</h2>
      <button type="button" class="button" aria-label="Close span" title="Close (Esc)" @click=${onClose}>Close</button>
    </header>
    <p class="summary">${service(span.service)} ${mark(span)} <span class="muted">${[span.namespace, span.kind].map(text).filter(Boolean).join(' ')}</span></p>
    <dl class="facts">
      <div><dt>duration</dt><dd>${open ? 'in progress' : duration((end - start) / 1000)}</dd></div>
      <div><dt>starts at</dt><dd>+${duration((start - traceStart) / 1000)} <span class="muted">${time(span.startTime)}</span></dd></div>
      <div><dt>span id</dt><dd><code>${span.id}</code>${copyButton(span.id, 'span id')}</dd></div>
    </dl>
    ${reported(span.annotations?.rollbar_uuid)}
    ${exceptions(list(span, 'exceptions'))}
    ${sql(span.sql)}
    ${facts('HTTP', span.http)}
    ${curl ? copyAction(curl, 'Copy as cURL') : nothing}
    ${facts('AWS', span.aws)}
    ${facts('Annotations', span.annotations)}
    ${metadata(span.metadata)}
    ${said(lines, start, lineKey)}
  </aside>`;
}

/** The item under which an error of the span was reported. */
function reported(uuid) {
  return uuid ? html`<p class="reported">Reported as <a href=${href(['errors', uuid])}>error ${text(uuid)}</a></p>` : nothing;
}

/** The statement by itself, as it reads best; whatever else the block has below it. */
function sql(block) {
  if (!block) return nothing;
  const {sanitized_query: statement, ...rest} = record(block);
  const query = text(statement);
  return html`<section class="block">
    <h3>SQL</h3>
    ${query ? html`<div class="query"><pre tabindex="0">${query}</pre>${copyButton(query, 'statement')}</div>` : nothing}
    ${facts(undefined, rest)}
  </section>`;
}

function metadata(byNamespace) {
  const namespaces = Object.entries(record(byNamespace));
  if (namespaces.length === 0) return nothing;
  return html`<section class="block">
    <h3>Metadata</h3>
    ${namespaces.map(([namespace, values]) => html`<div class="namespace">
      ${namespace === 'default' ? nothing : html`<h4>${namespace}</h4>`}${jsonTree(values)}</div>`)}
  </section>`;
}

/** The chosen line is open; of many lines those around it are here. */
function said(lines, start, lineKey) {
  if (lines.length === 0) return nothing;
  const chosen = lines.findIndex(({key}) => key === lineKey);
  const from = Math.max(0, Math.min(chosen - MOST_LINES / 2, lines.length - MOST_LINES));
  return html`<section class="block">
    <h3>Logs</h3>
    ${lines.length > MOST_LINES ? html`<p class="muted">${MOST_LINES} of ${count(lines.length)} lines; all are in the table below the waterfall.</p>` : nothing}
    ${lines.slice(from, from + MOST_LINES).map((entry) => html`<details class="said-here" ?open=${entry.key === lineKey}>
      <summary>${level(entry.level)} <span class="muted">+${duration(Math.max(0, (micros(entry.timestamp) - start) / 1000))}</span> ${text(entry.message)}</summary>
      ${stack(entry.exception)}
      ${fieldsOf(entry)}
    </details>`)}
  </section>`;
}
