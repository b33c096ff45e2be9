/**
 * Server-sent events of the console. An event only says that something arrived; what is shown is always asked for
 * again, so a lost event can never leave the page with half a picture.
 *
 * A stream holds one of the six connections that a browser has for this host, in all its tabs: only a tab that is seen
 * has one.
 */

const REOPEN_MS = 3000;
const KINDS = ['trace', 'log', 'problem', 'delivery', 'cleared'];

/** `onReturn`: the page was out of sight and heard of nothing. */
export function openStream({onArrival, onState, onReturn}) {
  let source;
  let reopening;

  function open() {
    close();
    source = new EventSource('/api/stream');
    source.onopen = () => onState('live');
    source.onerror = () => {
      onState('lost');
      // The browser reconnects by itself, except after an answer that is no stream (a refused token).
      if (source?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
    for (const kind of KINDS) source.addEventListener(kind, () => onArrival(kind));
  }

  function close() {
    clearTimeout(reopening);
    source?.close();
    source = undefined;
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      close();
      return;
    }
    onState('opening');
    onReturn();
    open();
  });
  // An open stream would keep the page from the back-forward cache.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => {
    if (event.persisted && document.visibilityState !== 'hidden') open();
  });
  if (document.visibilityState !== 'hidden') open();
}
