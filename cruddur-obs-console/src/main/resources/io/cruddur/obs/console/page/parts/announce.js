/** Says a change to screen readers, at most once in a while: a live list must not talk without end. */

const PAUSE_MS = 3000;
let waiting;
let lastAt = 0;

export function announce(text) {
  clearTimeout(waiting);
  const say = () => {
    lastAt = Date.now();
    document.getElementById('announcer').textContent = text;
  };
  const wait = lastAt + PAUSE_MS - Date.now();
  if (wait <= 0) say();
  else waiting = setTimeout(say, wait);
}
