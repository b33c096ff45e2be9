import {html, nothing, svg} from '/lib/lit-html/lit-html.js';
import {number} from '../format.js';

const BAR = 4;
const HEIGHT = 24;

/** How often, as bars: `{bucketSeconds, counts}`, the last of which ends now. */
export function trend(shown) {
  const counts = Array.isArray(shown?.counts) ? shown.counts.map(number) : [];
  const most = Math.max(...counts, 1);
  if (counts.length === 0) return nothing;
  const minutes = Math.round((counts.length * number(shown.bucketSeconds)) / 60);
  const sum = counts.reduce((a, b) => a + b, 0);
  return html`<svg class="trend" viewBox="0 0 ${counts.length * BAR} ${HEIGHT}" role="img" aria-label="${sum} in the last ${minutes} minutes"><title>${sum} in the last ${minutes} minutes</title>
    ${counts.map((n, i) => svg`<rect class=${n > 0 ? 'some' : 'none'} x=${i * BAR} width=${BAR - 1} y=${HEIGHT - heightOf(n, most)} height=${heightOf(n, most)}></rect>`)}</svg>`;
}

const heightOf = (n, most) => (n > 0 ? Math.max(3, (n / most) * HEIGHT) : 1);
