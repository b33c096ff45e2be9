/**
 * Server-sent events of the console. An event only says that something arrived; what is shown is always asked for
 * again, so a lost event can never leave the page with half a picture.
 *
 * A stream holds one of the six connections that a browser has for this host, in all its tabs: only a tab that is seen
 * has one.
 */

const REOPEN_MS = 3000;
const KINDS = ['trace', 'log', 'problem', 'delivery', 'cleared'];

/** `reload`: what is shown may be old, because the page was out of sight or is refused. */
export function openStream({onArrival, onState, reload}) {
  let source;
  let reopening;

  function open() {
    close();
    source = new EventSource('/api/stream');
    source.onopen = () => onState('live');
    source.onerror = () => {
      onState('lost');
      // The browser reconnects by itself, except after an answer that is no stream: most likely another token is wanted
      // since the console was started anew. What to do then is in the answer to any other question.
      if (source?.readyState !== EventSource.CLOSED) return;
      reopening = setTimeout(open, REOPEN_MS);
      reload();
    };
    for (const kind of KINDS) source.addEventListener(kind, ({data}) => onArrival(kind, data));
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
    reload();
    open();
  });
  // An open stream would keep the page from the back-forward cache.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => {
    if (event.persisted && document.visibilityState !== 'hidden') open();
  });
  if (document.visibilityState !== 'hidden') open();
}
