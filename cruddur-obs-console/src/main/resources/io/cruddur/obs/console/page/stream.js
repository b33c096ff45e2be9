/**
 * Server-sent events of the console. An event only says that something arrived; what is shown is always asked for
 * again, so a lost event can never leave the page with half a picture.
 */

const REOPEN_MS = 3000;
const KINDS = ['trace', 'log', 'problem', 'delivery', 'cleared'];

export function openStream({onArrival, onState}) {
  let source;
  let reopening;

  function open() {
    clearTimeout(reopening);
    source = new EventSource('/api/stream');
    source.onopen = () => onState('live');
    source.onerror = () => {
      onState('lost');
      // The browser reconnects by itself, except after an answer that is no stream (a refused token).
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
    for (const kind of KINDS) source.addEventListener(kind, () => onArrival(kind));
  }

  // An open stream would keep the page from the back-forward cache and its connection busy.
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  open();
}
