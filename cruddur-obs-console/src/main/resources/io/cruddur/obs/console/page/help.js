import {html} from '/lib/lit-html/lit-html.js';

const KEYS = [
  ['/', 'Search'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row'],
  ['p', 'Pause or resume live updates'],
  ['Esc', 'Close what is open, leave the search box'],
  ['?', 'This help'],
];

const dialog = () => document.getElementById('help');

export function openHelp() {
  if (!dialog().open) dialog().showModal();
}

/** The native dialog keeps the focus inside, closes on Esc and gives the focus back. */
export function helpDialog() {
  return html`<dialog id="help" aria-labelledby="help-title">
    <header>
      <h2 id="help-title">Keyboard</h2>
      <button type="button" class="button" @click=${() => dialog().close()}>Close</button>
    </header>
    <dl class="keys">
      ${KEYS.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}
    </dl>
  </dialog>`;
}
