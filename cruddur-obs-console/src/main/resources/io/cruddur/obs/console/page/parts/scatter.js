import {html, nothing, svg} from '/lib/lit-html/lit-html.js';
import {clock, duration, micros, number, text} from '../format.js';
import {go, href} from '../router.js';
import {markOf} from './marks.js';

const WIDTH = 1000;
const HEIGHT = 72;
const EDGE = 6;
const LEAST = 8;

/** Each trace as a point: when, and how long on a scale of powers. The table below says the same in words. */
export function scatter(traces) {
  const points = traces.filter((t) => number(t.durationMs) > 0).map((t) => ({t, x: micros(t.startTime), y: Math.log10(t.durationMs)})).filter(({x}) => !Number.isNaN(x));
  if (points.length < LEAST) return nothing;
  const [x0, x1] = bounds(points.map((p) => p.x));
  const [y0, y1] = bounds(points.map((p) => p.y));
  const left = (p) => EDGE + ((p.x - x0) / (x1 - x0 || 1)) * (WIDTH - 2 * EDGE);
  const top = (p) => HEIGHT - EDGE - ((p.y - y0) / (y1 - y0 || 1)) * (HEIGHT - 2 * EDGE);
  // What failed is drawn last, so that nothing hides it.
  points.sort((a, b) => Boolean(markOf(a.t)) - Boolean(markOf(b.t)));
  return html`<figure class="scatter" aria-hidden="true">
    <figcaption><span>${duration(10 ** y1)}</span><span>${duration(10 ** y0)}</span></figcaption>
    <div class="plot">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
        ${points.map((p) => svg`<line class=${markOf(p.t) ?? 'fine'} x1=${left(p)} x2=${left(p)} y1=${top(p)} y2=${top(p)}
            @click=${() => go(href(['traces', p.t.id]))}><title>${text(p.t.name)} ${duration(p.t.durationMs)}</title></line>`)}
      </svg>
      <p class="span-of-time"><span>${clock(iso(x0))}</span><span>${clock(iso(x1))}</span></p>
    </div>
  </figure>`;
}

const iso = (at) => new Date(at / 1000).toISOString();

function bounds(values) {
  return [Math.min(...values), Math.max(...values)];
}
