import {html, nothing} from '/lib/lit-html/lit-html.js';
import {helpDialog, openHelp} from './help.js';
import {loading, problem} from './parts/states.js';
import {count} from './format.js';

const TABS = ['traces', 'logs', 'errors', 'delivery'];
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** The frame around every view: name, tabs, live switch, help. */
export function shell(state, {togglePause}) {
  const {view, route, data, failure} = state;
  document.title = `${capital(view.section)} · Cruddur Obs`;
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    <header class="top">
      <a class="brand" href="#/traces"><img src="/page/icon.svg" alt="" width="24" height="24"><span>Cruddur Obs</span></a>
      <nav aria-label="Views">
        ${TABS.map((tab) => html`<a href="#/${tab}" aria-current=${tab === view.section ? 'page' : nothing}>${capital(tab)}</a>`)}
      </nav>
      <div class="tools">${liveSwitch(state, togglePause)}
        <button type="button" class="button round" aria-label="Keyboard help" title="Keyboard help (?)" @click=${openHelp}>?</button>
      </div>
    </header>
    <main id="main" tabindex="-1">
      ${view.head?.(data, route)}
      ${failure ? problem(failure) : data ? view.body(data, route) : loading}
    </main>
    ${helpDialog()}`;
}

/** The address after # is the page's own, so the link moves the focus itself. */
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function liveSwitch({paused, held, link}, togglePause) {
  const lost = link === 'lost' && !paused;
  const text = paused ? 'Paused' : lost ? 'Reconnecting' : 'Live';
  return html`<button type="button" class="live ${paused ? 'paused' : lost ? 'lost' : 'on'}" aria-pressed=${paused}
      aria-label=${`${text}. Pause live updates`} title=${paused ? 'Resume live updates (p)' : 'Pause live updates (p)'} @click=${togglePause}>
    <i class="dot" aria-hidden="true"></i>${text}${held > 0 ? html`<span class="held">${count(held)} new</span>` : nothing}
  </button>`;
}
