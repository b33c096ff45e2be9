import {render} from '/lib/lit-html/lit-html.js';
import {go, href, current, match} from './router.js';
import {listenToKeys} from './keys.js';
import {announce} from './parts/announce.js';
import {openHelp} from './help.js';
import {openStream} from './stream.js';
import {shell} from './shell.js';
import {traces} from './views/traces.js';
import {trace} from './views/trace.js';
import {map} from './views/map.js';
import {applyTheme} from './theme.js';
import {logs} from './views/logs.js';
import {errors} from './views/errors.js';
import {errorGroup} from './views/error-group.js';
import {delivery} from './views/delivery.js';

/**
 * A view is an object: `path` (pattern), `section` (its tab), `key(route)` (what makes its data different),
 * `kinds` (the arrivals that concern it), `load(route, signal)`, `summary(data)`, `body(data, route)`; if it has any,
 * `concerns(route, row)` (which of them), `told` (the stream tells all that can change in it, but for the time that
 * passes), `head(data, route)`, which stays when there is no data (a filter box must outlive what it refuses), and
 * `close(route)`.
 */
const VIEWS = [traces, trace, map, logs, errors, errorGroup, delivery];

const REFRESH_MS = 500;

/** As many as the stream tells of a kind at one look: there may have been others, of which it tells nothing. */
const FLOOD = 200;
const FLOOD_MS = 2000;

/**
 * After so long without a question the view is asked for once more: of what is refused, evicted or dropped no stream tells,
 * and what is told as a time ago, or up to now, is so no longer.
 */
const QUIET_MS = 10_000;

class Undrawn extends Error {
  constructor(cause) {
    super('The page cannot draw this', {cause});
    this.hint = `The data are here, but something in them meets a mistake of the page: ${cause?.message ?? cause}`;
  }
}

const state = {view: traces, route: undefined, key: undefined, data: undefined, failure: undefined, paused: false, held: 0, link: 'opening', said: undefined};
let asking;
let again = false;
let timer;
let quiet;
const arrivals = [];

/** What a view cannot draw takes neither the frame nor the way to other views; with the next draw it may try again. */
function draw() {
  const show = (shown) => render(shell(shown, {togglePause, draw}), document.getElementById('app'));
  try {
    show(state);
  } catch (failure) {
    console.error(failure);
    show({...state, data: undefined, failure: new Undrawn(failure)});
  }
}

async function load() {
  const mine = new AbortController();
  awaitQuiet();
  again = false;
  asking?.abort();
  asking = mine;
  try {
    const data = await state.view.load(state.route, mine.signal);
    if (asking !== mine) return;
    Object.assign(state, {data, failure: undefined});
    say(state.view.summary(data));
  } catch (failure) {
    if (asking !== mine) return;
    if (failure.status === undefined) console.error(failure);
    // A console that is away for a moment takes nothing from the screen: the live switch tells.
    if (failure.status !== 0 || !state.data) Object.assign(state, {failure, data: undefined});
  }
  asking = undefined;
  draw();
  if (again && !state.paused) refreshSoon();
}

/** Only what is new to whoever hears it. */
function say(summary) {
  if (summary !== state.said) announce(summary);
  state.said = summary;
}

function awaitQuiet() {
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    awaitQuiet();
    if (document.visibilityState === 'hidden') return;
    if (state.paused || state.view.told) draw();
    else if (!asking) load();
  }, QUIET_MS);
}

/** Many arrivals, one question: the next one starts only after the last one is answered. */
function refreshSoon() {
  if (asking) {
    again = true;
    return;
  }
  timer ??= setTimeout(() => {
    timer = undefined;
    // It arrived before the pause, so it is not new in it; the end of the pause asks for it.
    if (state.paused) again = true;
    else if (!asking) load();
  }, REFRESH_MS);
}

function navigate() {
  const {segments, query} = current();
  const view = VIEWS.find((candidate) => match(candidate.path, segments));
  if (!view) {
    go('#/traces');
    return;
  }
  const route = {query, params: match(view.path, segments), segments};
  const key = JSON.stringify([segments, view.key(route)]);
  const before = state.route?.segments.join('/');
  const moved = before !== segments.join('/');
  Object.assign(state, {view, route});
  if (key !== state.key) {
    Object.assign(state, {key, said: undefined});
    if (moved) {
      Object.assign(state, {data: undefined, failure: undefined});
      scrollTo(0, 0);
    }
    load();
  }
  draw();
  // The link that was followed is gone; without this the next Tab would start at the top of the page again.
  if (moved && before !== undefined) document.getElementById('main').focus({preventScroll: true});
}

function togglePause() {
  state.paused = !state.paused;
  if (!state.paused && (state.held > 0 || again)) load();
  state.held = 0;
  draw();
}

/** At once, unless paused: then the end of the pause asks. */
function reload() {
  if (state.paused) again = true;
  else load();
}

function isFlood() {
  arrivals.push(performance.now());
  if (arrivals.length > FLOOD) arrivals.shift();
  return arrivals.length === FLOOD && arrivals.at(-1) - arrivals[0] < FLOOD_MS;
}

function concerns(kind, data) {
  if (kind === 'cleared') return true;
  if (!state.view.kinds.includes(kind)) return false;
  return isFlood() || !state.view.concerns || state.view.concerns(state.route, JSON.parse(data));
}

function onArrival(kind, data) {
  if (!concerns(kind, data)) return;
  if (state.paused) {
    state.held += 1;
    draw();
  } else {
    refreshSoon();
  }
}

function onState(link) {
  state.link = link;
  draw();
  // No stream tells what arrived between the last answer and its own beginning.
  if (link === 'live') refreshSoon();
}

applyTheme();
// What stands there until now is a first sight of the page; lit would draw behind it.
document.getElementById('app').replaceChildren();
addEventListener('hashchange', navigate);
listenToKeys({onHelp: openHelp, onPause: togglePause, onClose: () => state.view.close?.(state.route)});
if (!location.hash) history.replaceState(null, '', href(['traces']));
navigate();
openStream({onArrival, onState, reload});
