import {html, nothing, svg} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {count, duration, hue, number, percent, plural, rate, text} from '../format.js';
import {layout} from '../layout.js';
import {place} from '../parts/place.js';
import {connect, empty, FIRST_CALL} from '../parts/states.js';
import {href, quoted} from '../router.js';

const KINDS = {__proto__: null, service: 'service', sql: 'database', aws: 'AWS', remote: 'remote', client: 'callers'};
/** Half of the stretch beneath a label. */
const LEVEL = 44;
const narrow = matchMedia('(width < 46rem)');

export const map = {
  path: ['map'],
  section: 'map',
  kinds: ['trace'],
  key: () => '',
  load: async (route, signal) => {
    const body = await api.map({}, signal);
    const graph = {nodes: list(body, 'nodes').map(told).filter(({id}) => id), edges: list(body, 'edges').map(told)};
    return {...body, graph: await layout(graph, narrow.matches ? 'TB' : 'LR')};
  },
  summary: (data) => `Map of ${plural(list(data, 'nodes').length, 'node')}`,
  head: (data) => html`<div class="bar-top"><h1>Map</h1><p class="tally">${data ? plural(list(data, 'nodes').filter((node) => node.type === 'service').length, 'service') : nothing}</p></div>`,
  body,
};

/** A node or an edge, with numbers to reckon with and texts to compare. */
function told(item) {
  const as = (read, keys) => Object.fromEntries(keys.map((key) => [key, read(item[key])]));
  return {...item, ...as(text, ['id', 'name', 'type', 'from', 'to']), ...as(number, ['count', 'faultShare', 'errorShare'])};
}

function body({graph}) {
  if (graph.nodes.length === 0) {
    return html`${empty('Nothing to draw yet', 'Services and what they call appear here as soon as traces arrive. With the example backend:', FIRST_CALL)}${connect()}`;
  }
  return html`<div class="map-box" tabindex="0" role="group" aria-label="Map of services">${drawing(graph)}</div>${table(graph)}`;
}

function drawing({nodes, edges, width, height}) {
  const busiest = Math.max(...edges.map((edge) => edge.count), 1);
  return html`<svg class="map" viewBox="0 0 ${width} ${height}" ${place({width: `${width}px`, height: `${height}px`})}>
    <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0.5L7.5 4L0 7.5z"></path></marker></defs>
    ${edges.map((edge) => edgeOf(edge, busiest))}
    ${nodes.map(nodeOf)}
  </svg>`;
}

const tone = ({faultShare, errorShare}) => (faultShare > 0 ? 'fault' : errorShare > 0 ? 'error' : 'fine');
const failing = (item) => item.faultShare + item.errorShare;

function edgeOf(edge, busiest) {
  const width = 1.25 + 2.75 * Math.sqrt(edge.count / busiest);
  return svg`<a class="edge ${tone(edge)}" href=${filterOf(edge)} aria-label=${`${nameOf(edge.from)} to ${nameOf(edge.to)}: ${words(edge)}`}>
    <path class="line" d=${lineOf(edge)} stroke-width=${width} marker-end="url(#arrow)"></path>
    <g transform="translate(${edge.x} ${edge.y})">
      <rect x="-46" y="-20" width="92" height="40" rx="7"></rect>
      <text y="-7">${rate(edge.ratePerMinute)}${failing(edge) > 0 ? svg`<tspan class="bad"> · ${percent(failing(edge))}</tspan>` : nothing}</text>
      <text class="quiet" y="16">${duration(edge.p50Ms)} / ${duration(edge.p95Ms)}</text>
    </g><title>${words(edge)}</title></a>`;
}

function nodeOf(node) {
  if (node.type === 'client') return clients(node);
  const left = -node.width / 2;
  const share = Math.min(failing(node), 1);
  return svg`<a class="node ${node.type} ${tone(node)} ${hue(node.name)}" href=${filterOf(node)} transform="translate(${node.x} ${node.y})" aria-label=${`${node.name}, ${KINDS[node.type]}: ${words(node)}`}>
    <rect class="box" x=${left} y=${-node.height / 2} width=${node.width} height=${node.height} rx="10"></rect>
    <rect class="stripe" x=${left} y=${-node.height / 2 + 10} width="4" height=${node.height - 20} rx="2"></rect>
    <text class="name" x=${left + 16} y="-16">${shortened(node.name, 22)}</text>
    <text class="quiet" x=${left + 16} y="2">${KINDS[node.type]} · ${rate(node.ratePerMinute)}</text>
    <text class="numbers" x=${left + 16} y="21">p50 ${duration(node.p50Ms)} · p95 ${duration(node.p95Ms)}</text>
    ${share > 0 ? svg`<text class="bad" x=${-left - 12} y="-16">${percent(share)}</text>
      <rect class="share" x=${left + 12} y=${node.height / 2 - 4} width=${Math.max((node.width - 24) * share, 4)} height="3" rx="1.5"></rect>` : nothing}
    <title>${words(node)}</title></a>`;
}

/** Those who call from outside: all that is known of them is how often. */
function clients(node) {
  return svg`<g class="node client" transform="translate(${node.x} ${node.y})">
    <rect class="box" x="-64" y="-26" width="128" height="52" rx="26"></rect>
    <text class="name middle" y="-2">${node.name}</text>
    <text class="quiet middle" y="14">${rate(node.ratePerMinute)}</text></g>`;
}

const words = (item) =>
  `${plural(item.count, 'call')}, ${rate(item.ratePerMinute)}, ${percent(item.faultShare)} faults, ${percent(item.errorShare)} errors, p50 ${duration(item.p50Ms)}, p95 ${duration(item.p95Ms)}`;

const typeOf = (id) => id.slice(0, id.indexOf(':'));
const nameOf = (id) => id.slice(id.indexOf(':') + 1);

/** The traces in which this took part. */
function filterOf({id, from, to}) {
  const [first, last] = id ? [undefined, id] : [from, to];
  const terms = [first, last].filter((end) => end && typeOf(end) !== 'client').map((end) => `${typeOf(end) === 'service' ? 'service' : 'calls'}=${quoted(nameOf(end))}`);
  return terms.length > 0 ? href(['traces'], {q: terms.join(' ')}) : '#/traces';
}

function shortened(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** From side to side and level where the label is, so that its words stand above and below the line. */
function lineOf({source, target, x, y, points}) {
  const from = source.x + source.width / 2;
  const to = target.x - target.width / 2;
  const [a, b] = [x - LEVEL, x + LEVEL];
  if (narrow.matches || from > a || b > to) return curve(points);
  const [half, rest] = [(a - from) / 2, (to - b) / 2];
  return `M${from} ${source.y}C${from + half} ${source.y} ${a - half} ${y} ${a} ${y}L${b} ${y}C${b + rest} ${y} ${to - rest} ${target.y} ${to} ${target.y}`;
}

/** Through the middles between the points that dagre gives, so that no corner is left. */
function curve(points) {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  let d = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const middle = {x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2};
    d += `Q${rest[i].x} ${rest[i].y} ${middle.x} ${middle.y}`;
  }
  return `${d}L${last.x} ${last.y}`;
}

/** The same in numbers, for those who read numbers and those who cannot see the drawing. */
function table({nodes}) {
  const rows = nodes.filter((node) => node.type !== 'client').sort((a, b) => b.count - a.count);
  return html`<table class="list map-table">
    <caption class="unseen">Services and what they call</caption>
    <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Rate</th><th scope="col" class="number">Faults</th><th scope="col" class="number">Errors</th><th scope="col" class="number">p50</th><th scope="col" class="number">p95</th></tr></thead>
    <tbody>${rows.map((node) => html`<tr class="opens">
      <td class="what"><span class="service ${hue(node.name)}"><i class="dot" aria-hidden="true"></i></span><a data-row href=${filterOf(node)}>${node.name}</a></td>
      <td class="who muted">${KINDS[node.type]}</td>
      <td class="number" data-label="calls">${count(node.count)}</td>
      <td class="number" data-label="rate">${rate(node.ratePerMinute)}</td>
      <td class="number ${node.faultShare > 0 ? 'bad' : ''}" data-label="faults">${percent(node.faultShare)}</td>
      <td class="number ${node.errorShare > 0 ? 'warn' : ''}" data-label="errors">${percent(node.errorShare)}</td>
      <td class="number" data-label="p50">${duration(node.p50Ms)}</td>
      <td class="number" data-label="p95">${duration(node.p95Ms)}</td>
    </tr>`)}</tbody>
  </table>`;
}
