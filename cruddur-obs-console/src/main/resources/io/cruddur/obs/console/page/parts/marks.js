import {html, nothing} from '/lib/lit-html/lit-html.js';
import {clock, hue} from '../format.js';

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
  if (code === undefined || code === null || code === '') return nothing;
  const family = {2: 'ok', 3: 'ok', 4: 'error', 5: 'fault'}[String(code)[0]] ?? 'plain';
  return html`<span class="status ${family}">${code}</span>`;
}

const LEVELS = {critical: 'fault', fatal: 'fault', error: 'fault', warning: 'error', warn: 'error', info: 'info', debug: 'plain', trace: 'plain'};

export function level(name) {
  if (!name) return nothing;
  return html`<span class="level ${LEVELS[String(name).toLowerCase()] ?? 'plain'}">${String(name).toUpperCase()}</span>`;
}

export function service(name) {
  return name ? html`<span class="service ${hue(name)}"><i class="dot" aria-hidden="true"></i>${name}</span>` : nothing;
}

export function time(iso) {
  return html`<time datetime=${iso ?? nothing} title=${iso ?? nothing}>${clock(iso)}</time>`;
}
