import {html} from '/lib/lit-html/lit-html.js';

const KEYS = [
  ['/', 'Search'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row'],
  ['← →', 'Fold and unfold a span'],
  ['p', 'Pause or resume live updates'],
  ['Esc', 'Close what is open, leave the search box'],
  ['?', 'This help'],
];

const FILTERS = [
  ['service=NAME', 'Traces that this service took part in'],
  ['calls=NAME', 'Traces that called it'],
  ['status=5xx', 'By the status of the answer, or status=404'],
  ['duration>250ms', 'Slower than that; also <, us, s, m'],
  ['annotation.KEY=VALUE', 'By an annotation of any span; numbers with < and >'],
  ['fault error throttle', 'By X-Ray’s marks'],
  ['key=value', 'In the logs: by a field, such as logger=NAME'],
  ['-TERM', 'Leave out what fits the term'],
];

const dialog = () => document.getElementById('help');

export function openHelp() {
  if (!dialog().open) dialog().showModal();
}

const terms = (pairs, name) => pairs.map(([term, what]) => html`<div><dt>${name(term)}</dt><dd>${what}</dd></div>`);

/** The native dialog keeps the focus inside, closes on Esc and gives the focus back. */
export function helpDialog() {
  return html`<dialog id="help" aria-labelledby="help-title">
    <header>
      <h2 id="help-title">Keyboard</h2>
      <button type="button" class="button" @click=${() => dialog().close()}>Close</button>
    </header>
    <dl class="keys">${terms(KEYS, (key) => html`<kbd>${key}</kbd>`)}</dl>
    <h2>Filters</h2>
    <dl class="keys wide">${terms(FILTERS, (term) => html`<code>${term}</code>`)}</dl>
  </dialog>`;
}
