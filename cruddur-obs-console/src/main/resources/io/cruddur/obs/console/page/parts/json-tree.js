import {html} from '/lib/lit-html/lit-html.js';

const OPEN_DEPTH = 2;
const MAX_DEPTH = 40;
const MAX_CHILDREN = 500;

/** An object or array of JSON as nested, foldable text; a plain value as it is. */
export function jsonTree(value) {
  return isNested(value) ? html`<ul class="json">${children(value, 0)}</ul>` : leaf(value);
}

const isNested = (value) => value !== null && typeof value === 'object';

function children(value, depth) {
  if (depth >= MAX_DEPTH) return html`<li class="muted">… nested deeper than ${MAX_DEPTH} levels</li>`;
  const entries = Object.entries(value);
  const hidden = entries.length - MAX_CHILDREN;
  return html`
    ${entries.slice(0, MAX_CHILDREN).map(([key, child]) => html`<li>${entry(key, child, depth)}</li>`)}
    ${hidden > 0 ? html`<li class="muted">… ${hidden} more</li>` : ''}`;
}

function entry(key, value, depth) {
  const name = html`<span class="json-key">${key}</span>: `;
  if (!isNested(value)) return html`${name}${leaf(value)}`;
  const size = Object.keys(value).length;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (size === 0) return html`${name}<span class="json-punctuation">${open}${close}</span>`;
  return html`<details ?open=${depth < OPEN_DEPTH}>
    <summary>${name}<span class="json-punctuation">${open}${size}${close}</span></summary>
    <ul>${children(value, depth + 1)}</ul>
  </details>`;
}

function leaf(value) {
  const type = value === null ? 'null' : typeof value;
  return html`<span class="json-${type}">${type === 'string' ? JSON.stringify(value) : String(value)}</span>`;
}
