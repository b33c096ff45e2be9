import {html} from '/lib/lit-html/lit-html.js';
import {announce} from './announce.js';

const SHOWN_MS = 1500;

async function copy(event, text) {
  const button = event.currentTarget;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce('The browser does not allow copying here');
    return;
  }
  announce('Copied');
  button.classList.add('done');
  setTimeout(() => button.classList.remove('done'), SHOWN_MS);
}

/** The same with its words in sight. */
export function copyAction(text, words) {
  return html`<button type="button" class="button action" @click=${(e) => copy(e, text)}>${icon()}<span>${words}</span></button>`;
}

function icon() {
  return html`<svg viewBox="0 0 16 16" aria-hidden="true"><path class="sheet" d="M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3"/><path class="tick" d="M3 8.5l3.5 3.5L13 4.5"/></svg>`;
}

export function copyButton(text, what) {
  return html`<button type="button" class="copy" aria-label="Copy ${what}" title="Copy ${what}" @click=${(e) => copy(e, text)}>
    ${icon()}
  </button>`;
}
