import {html, nothing} from '/lib/lit-html/lit-html.js';
import {list} from '../api.js';
import {duration} from '../format.js';
import {copyButton} from '../parts/copy.js';
import {exceptions} from '../parts/exceptions.js';
import {facts} from '../parts/facts.js';
import {jsonTree} from '../parts/json-tree.js';
import {mark, service, time} from '../parts/marks.js';
import {href} from '../router.js';

/** Everything a span carries. Blocks that it does not have are left out. */
export function spanPanel({span, start, end, open}, traceStart, onClose) {
  return html`<aside id="span-panel" tabindex="-1" aria-label="Span ${span.name ?? span.id}">
    <header>
      <h2>${span.name || span.id}</h2>
      <button type="button" class="button" aria-label="Close span" title="Close (Esc)" @click=${onClose}>Close</button>
    </header>
    <p class="summary">${service(span.service)} ${mark(span)} <span class="muted">${[span.namespace, span.kind].filter(Boolean).join(' ')}</span></p>
    <dl class="facts">
      <div><dt>duration</dt><dd>${open ? 'in progress' : duration((end - start) / 1000)}</dd></div>
      <div><dt>starts at</dt><dd>+${duration((start - traceStart) / 1000)} <span class="muted">${time(span.startTime)}</span></dd></div>
      <div><dt>span id</dt><dd><code>${span.id}</code>${copyButton(span.id, 'span id')}</dd></div>
    </dl>
    ${reported(span.annotations?.rollbar_uuid)}
    ${exceptions(list(span, 'exceptions'))}
    ${facts('Annotations', span.annotations)}
    ${metadata(span.metadata)}
    ${facts('HTTP', span.http)}
    ${facts('SQL', span.sql)}
    ${facts('AWS', span.aws)}
  </aside>`;
}

/** The item under which an error of the span was reported. */
function reported(uuid) {
  return uuid ? html`<p class="reported">Reported as <a href=${href(['errors', uuid])}>error ${uuid}</a></p>` : nothing;
}

function metadata(byNamespace) {
  const namespaces = Object.entries(byNamespace ?? {});
  if (namespaces.length === 0) return nothing;
  return html`<section class="block">
    <h3>Metadata</h3>
    ${namespaces.map(([namespace, values]) => html`<div class="namespace">
      ${namespace === 'default' ? nothing : html`<h4>${namespace}</h4>`}${jsonTree(values)}</div>`)}
  </section>`;
}
