import {html, nothing, svg} from '/lib/lit-html/lit-html.js';
import {repeat} from '/lib/lit-html/directives/repeat.js';
import {duration, hue} from '../format.js';
import {mark, markOf} from '../parts/marks.js';
import {place} from '../parts/place.js';

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const INDENT = 14;
/** Deeper spans keep this indent: their names must stay readable. */
const MAX_INDENT_DEPTH = 12;

/** One row per span on a common time axis. */
export function waterfall({rows, start, length, selectedId, onSelect}) {
  return html`<table class="waterfall">
    <caption class="unseen">Spans of this trace in time; choosing one opens its details</caption>
    <thead>
      <tr><th scope="col">Span</th>
        <th scope="col"><span class="unseen">Time</span><div class="ticks" aria-hidden="true">
          ${TICKS.map((at) => html`<span ${place({left: `${at * 100}%`})}>${duration((at * length) / 1000)}</span>`)}</div></th></tr>
    </thead>
    <tbody>${repeat(rows, (row) => row.span.id, (row) => spanRow(row, start, length, selectedId, onSelect))}</tbody>
  </table>`;
}

function spanRow(row, start, length, selectedId, onSelect) {
  const {span, depth} = row;
  const selected = span.id === selectedId;
  return html`<tr class=${selected ? 'opens selected' : 'opens'}>
    <td class="span-name">${indent(depth)}
      <button type="button" data-row id="span-${span.id}" aria-expanded=${selected} aria-controls="span-panel"
        @click=${() => onSelect(span.id)}><span class="unseen">Level ${depth + 1}: </span>${span.name || span.id}</button>
      ${span.service && span.service !== span.name ? html`<span class="muted span-service">${span.service}</span>` : nothing}
      ${mark(span)}</td>
    <td class="span-time">${bar(row, start, length)}</td>
  </tr>`;
}

function indent(depth) {
  const levels = Math.min(depth, MAX_INDENT_DEPTH);
  if (levels === 0) return nothing;
  const lines = Array.from({length: levels}, (_, i) => svg`<path d="M${i * INDENT + 6.5} 0v36"></path>`);
  return html`<svg class="indent" aria-hidden="true" width=${levels * INDENT} height="36">${lines}</svg>`;
}

function bar({span, start: from, end, open}, start, length) {
  const left = (100 * (from - start)) / length;
  const width = (100 * (end - from)) / length;
  const text = open ? 'in progress' : duration((end - from) / 1000);
  return html`<div class="lane">
    <i class="span-bar ${hue(span.service ?? span.name)} ${markOf(span) ?? ''} ${open ? 'unfinished' : ''}" ${place({left: `${left}%`, width: `${width}%`})}></i>
    <span class="span-length" ${place({left: `${left + width}%`})}>${text}</span>
  </div>`;
}
