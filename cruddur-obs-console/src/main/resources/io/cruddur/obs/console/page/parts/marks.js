import {html, nothing} from '/lib/lit-html/lit-html.js';
import {clock, hue, text} from '../format.js';

/** The gravest of the three X-Ray marks, or undefined. A throttled request is also an error: the rarer word says more. */
export function markOf(item) {
  if (item?.fault) return 'fault';
  if (item?.throttle) return 'throttle';
  if (item?.error) return 'error';
  return undefined;
}

/** Said in a word as well as in colour. */
export function mark(item) {
  const word = markOf(item);
  return word ? html`<span class="mark ${word}">${word}</span>` : nothing;
}

export function status(code) {
  const digits = text(code);
  if (digits === '') return nothing;
  const family = {2: 'ok', 3: 'ok', 4: 'error', 5: 'fault'}[digits[0]] ?? 'plain';
  return html`<span class="status ${family}">${digits}</span>`;
}

const LEVELS = {__proto__: null, critical: 'fault', fatal: 'fault', error: 'fault', warning: 'error', warn: 'error', info: 'info', debug: 'plain', trace: 'plain'};

export function level(name) {
  if (!name) return nothing;
  return html`<span class="level ${LEVELS[text(name).toLowerCase()] ?? 'plain'}">${text(name).toUpperCase()}</span>`;
}

export function service(name) {
  return name ? html`<span class="service ${hue(name)}"><i class="dot" aria-hidden="true"></i>${text(name)}</span>` : nothing;
}

export function time(iso) {
  const exact = text(iso) || nothing;
  return html`<time datetime=${exact} title=${exact}>${clock(iso)}</time>`;
}
