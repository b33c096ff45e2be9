import {html} from '/lib/lit-html/lit-html.js';
import {refine} from '../router.js';

const TYPING_MS = 150;
let typing;

/**
 * The filter box: what is typed goes to `q` in the address, so a filtered page can be kept and shared.
 * `onEnter(text)` may answer true to say that it took the text itself.
 */
export function search({value, label, hint, onEnter}) {
  const onInput = ({target}) => {
    clearTimeout(typing);
    typing = setTimeout(() => target.isConnected && refine({q: target.value}), TYPING_MS);
  };
  const onKeydown = ({key, target}) => {
    if (key !== 'Enter') return;
    clearTimeout(typing);
    if (!onEnter?.(target.value)) refine({q: target.value});
  };
  return html`<label class="search"><span class="unseen">${label}</span>
    <input type="search" data-search placeholder=${hint} spellcheck="false" autocomplete="off" .value=${value ?? ''}
      @input=${onInput} @keydown=${onKeydown}>
    <kbd aria-hidden="true">/</kbd>
  </label>`;
}
