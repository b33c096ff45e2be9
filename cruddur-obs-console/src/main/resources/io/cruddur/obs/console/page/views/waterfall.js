import {html, nothing, svg} from '/lib/lit-html/lit-html.js';
import {duration, hue, pathOf, text} from '../format.js';
import {level, mark, markOf} from '../parts/marks.js';
import {place} from '../parts/place.js';
import {virtualRows} from '../parts/virtual.js';

const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** As far apart as the lines of trace.css. */
const INDENT = 14;
/** Deeper spans keep this indent: their names must stay readable. */
const MAX_INDENT_DEPTH = 12;
const ROW = 32;
const NARROW_ROW = 58;
const OVERVIEW_FROM = 60;
const OVERVIEW_HEIGHT = 48;

const narrow = matchMedia('(width < 46rem)');
const heightOfRow = () => (narrow.matches ? NARROW_ROW : ROW);

/**
 * One row per span and log line on a common time axis. `rows` are what shownRows answers; `critical` the stretches of the
 * critical path by span id.
 */
export function waterfall(shown) {
  const {rows, all, length} = shown;
  return html`${all.length >= OVERVIEW_FROM ? overview(shown) : nothing}
    <div class="waterfall-box" data-scroll=${rows.length} @keydown=${(event) => onArrow(event, shown)}>
    <table class="waterfall" aria-rowcount=${rows.length + 1}>
    <caption class="unseen">Spans of this trace in time; choosing one opens its details</caption>
    <thead>
      <tr><th scope="col">Span</th>
        <th scope="col"><span class="unseen">Time</span><div class="ticks" aria-hidden="true">
          ${TICKS.map((at) => html`<span ${place({left: `${at * 100}%`})}>${duration((at * length) / 1000)}</span>`)}</div></th></tr>
    </thead>
    <tbody>${virtualRows({
      rows,
      height: heightOfRow(),
      key: (row) => row.key ?? row.span.id,
      row: (row, index) => (row.entry ? logRow(row, index, shown) : spanRow(row, index, shown)),
    })}</tbody>
  </table></div>`;
}

function onArrow(event, {rows, folded, onFold}) {
  const index = event.target.dataset?.index;
  const row = index === undefined ? undefined : rows[Number(index)];
  if (!row || row.entry || row.below === 0) return;
  const isFolded = folded.has(row.span.id);
  if ((event.key === 'ArrowLeft' && !isFolded) || (event.key === 'ArrowRight' && isFolded)) {
    event.preventDefault();
    onFold(row.span.id);
  }
}

function spanRow(row, index, shown) {
  const {span, depth} = row;
  const {selectedId, onSelect} = shown;
  const selected = span.id === selectedId;
  return html`<tr class=${selected ? 'opens selected' : 'opens'} aria-rowindex=${index + 2}>
    <td class="span-name">${indent(depth)}${chevron(row, shown)}
      <button type="button" data-row data-index=${index} id="span-${span.id}" aria-expanded=${selected} aria-controls=${selected ? 'span-panel' : nothing}
        @click=${() => onSelect(span.id)}><span class="unseen">Level ${depth + 1}: </span>${text(span.name) || span.id}</button>
      ${hint(span)}
      ${mark(span)}</td>
    <td class="span-time">${bar(row, shown)}</td>
  </tr>`;
}

/** The line's own time as a tick, its text where a span has its name. */
function logRow(row, index, shown) {
  const {entry, depth, at} = row;
  const {start, length, onSelect, selectedLog} = shown;
  const left = Math.min(Math.max((100 * (at - start)) / length, 0), 100);
  const selected = selectedLog !== undefined && row.key === selectedLog;
  return html`<tr class=${selected ? 'opens log selected' : 'opens log'} aria-rowindex=${index + 2}>
    <td class="span-name">${indent(depth)}${level(entry.level)}
      <button type="button" class="said" data-row data-index=${index} aria-expanded=${selected} @click=${() => onSelect(row.span.span.id, row.key)}>${text(entry.message) || 'no message'}</button></td>
    <td class="span-time"><div class="lane"><i class="tick ${tone(entry.level)}" ${place({left: `${left}%`})}></i></div></td>
  </tr>`;
}

function tone(name) {
  return {ERROR: 'fault', WARN: 'error'}[text(name)] ?? 'plain';
}

function chevron(row, {folded, onFold}) {
  if (row.below === 0) return html`<span class="chevron"></span>`;
  const isFolded = folded.has(row.span.id);
  return html`<span class="chevron ${isFolded ? 'folded' : ''}" title=${isFolded ? 'Unfold (→)' : 'Fold (←)'}
    @click=${() => onFold(row.span.id)}><svg viewBox="0 0 10 10" aria-hidden="true"><path d="M2 3.5l3 3 3-3"></path></svg>${isFolded ? html`<b>${row.below}</b>` : nothing}</span>`;
}

/** What a span does, where its name alone does not say. */
function hint(span) {
  const {method, url} = span.http?.request ?? {};
  const what = span.sql?.sanitized_query ?? span.aws?.operation ?? (url ? `${text(method)} ${pathOf(url)}` : undefined);
  const kind = span.sql ? 'SQL' : span.namespace === 'aws' ? 'AWS' : span.namespace === 'remote' && url ? 'HTTP' : undefined;
  const other = span.service && span.service !== span.name && span.kind === 'segment' ? span.service : undefined;
  const words = text(other ?? what);
  return html`${kind ? html`<span class="kind">${kind}</span>` : nothing}${words ? html`<span class="muted span-hint">${words}</span>` : nothing}`;
}

function indent(depth) {
  const levels = Math.min(depth, MAX_INDENT_DEPTH);
  if (levels === 0) return nothing;
  return html`<i class="indent" aria-hidden="true" ${place({width: `${levels * INDENT}px`})}></i>`;
}

function bar({span, start: from, end, open}, {start, length, critical}) {
  const left = (100 * (from - start)) / length;
  const width = (100 * (end - from)) / length;
  const took = open ? 'in progress' : duration((end - from) / 1000);
  return html`<div class="lane">
    <i class="span-bar ${hue(span.service ?? span.name)} ${markOf(span) ?? ''} ${open ? 'unfinished' : ''}" ${place({left: `${left}%`, width: `${width}%`})}></i>
    ${(critical?.get(span.id) ?? []).map(([a, b]) => html`<i class="critical" ${place({left: `${(100 * (a - start)) / length}%`, width: `${(100 * (b - a)) / length}%`})}></i>`)}
    <span class="span-length" ${place({left: `${left + width}%`})}>${took}</span>
  </div>`;
}

/** All spans at once, each a line: where the long and the broken ones are. A click goes there. */
function overview({all, rows, start, length}) {
  const step = OVERVIEW_HEIGHT / all.length;
  const line = (row, i) => `M${((1000 * (row.start - start)) / length).toFixed(1)} ${((i + 0.5) * step).toFixed(2)}h${Math.max((1000 * (row.end - row.start)) / length, 1).toFixed(1)}`;
  const paths = new Map();
  for (const [i, row] of all.entries()) {
    const tone = markOf(row.span) ? 'broken' : 'fine';
    paths.set(tone, (paths.get(tone) ?? '') + line(row, i));
  }
  const jump = (event) => {
    const box = event.currentTarget.parentNode.querySelector('[data-scroll]');
    const share = event.offsetY / event.currentTarget.clientHeight;
    box.scrollTop = share * rows.length * heightOfRow() - box.clientHeight / 2;
  };
  return html`<svg class="overview" viewBox="0 0 1000 ${OVERVIEW_HEIGHT}" preserveAspectRatio="none" aria-hidden="true" @click=${jump}>
    ${[...paths].map(([tone, d]) => svg`<path class=${tone} d=${d} stroke-width=${Math.max(step * 0.8, 0.6)}></path>`)}</svg>`;
}
