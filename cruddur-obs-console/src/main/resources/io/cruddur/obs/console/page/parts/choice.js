import {html} from '/lib/lit-html/lit-html.js';
import {live} from '/lib/lit-html/directives/live.js';
import {refine} from '../router.js';

/** A filter with a few values, kept in the address under `name`; `options` are pairs of value and words, the first for none. */
export function choice({name, label, value, options}) {
  const known = options.some(([option]) => option === (value ?? ''));
  const all = known ? options : [...options, [value, value]];
  // Once somebody has chosen, a select follows its options' property alone, and no attribute; nor does it tell lit.
  return html`<label class="choice"><span class="unseen">${label}</span>
    <select @change=${(event) => refine({[name]: event.target.value, n: undefined})}>
      ${all.map(([option, words]) => html`<option value=${option} .selected=${live(option === (value ?? ''))}>${words}</option>`)}
    </select></label>`;
}

/** Under a list that was cut: asks for twice as many. */
export function more({shown, limit, most}) {
  if (shown < limit || limit >= most) return '';
  return html`<p class="more"><button type="button" class="button" @click=${() => refine({n: String(Math.min(limit * 2, most))})}>Show older</button></p>`;
}
