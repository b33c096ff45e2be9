import {html, nothing} from '/lib/lit-html/lit-html.js';

/** Nested objects as flat pairs: {request: {method: 'GET'}} gives ['request.method', 'GET']. */
function flatten(value, path = '') {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) {
    return [[path, value.join(', ')]];
  }
  return Object.entries(value).flatMap(([key, child]) => flatten(child, path ? `${path}.${key}` : key));
}

/** A titled block of names and values; nothing at all when there are none. */
export function facts(title, values) {
  if (values === null || typeof values !== 'object') return nothing;
  const pairs = flatten(values);
  if (pairs.length === 0) return nothing;
  return html`<section class="block">
    ${title ? html`<h3>${title}</h3>` : nothing}
    <dl class="facts">
      ${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  </section>`;
}
