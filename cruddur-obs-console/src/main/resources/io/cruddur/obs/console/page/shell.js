import {html, nothing} from '/lib/lit-html/lit-html.js';
import {helpDialog, openHelp} from './help.js';
import {loading, problem} from './parts/states.js';
import {count} from './format.js';
import {nextTheme, theme} from './theme.js';

const TABS = ['traces', 'map', 'logs', 'errors', 'delivery'];
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** The frame around every view: name, tabs, live switch, scheme, help. */
export function shell(state, {togglePause, draw}) {
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
        ${themeSwitch(draw)}
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
  return html`<button type="button" class="live ${paused ? 'paused' : lost ? 'lost' : 'on'}" data-link=${link} aria-pressed=${paused}
      aria-label=${`${text}. Pause live updates`} title=${paused ? 'Resume live updates (p)' : 'Pause live updates (p)'} @click=${togglePause}>
    <i class="dot" aria-hidden="true"></i>${text}${held > 0 ? html`<span class="held">${count(held)} new</span>` : nothing}
  </button>`;
}

const SCHEMES = {
  auto: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12',
  light: 'M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5L13 13M3 13l1.5-1.5M11.5 4.5L13 3',
  dark: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
};

function themeSwitch(draw) {
  const now = theme();
  const change = () => {
    nextTheme();
    draw();
  };
  return html`<button type="button" class="button round scheme ${now}" aria-label="Colours: ${now}" title="Colours: ${now}" @click=${change}>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=${SCHEMES[now]}></path></svg></button>`;
}
