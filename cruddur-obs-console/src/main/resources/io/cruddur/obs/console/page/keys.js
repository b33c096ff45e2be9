/**
 * One-letter keys. Rows are links or buttons marked `data-row`, so Enter needs no code: the browser opens what has the
 * focus. Those of a long list carry `data-index` too, since only some of them are in the document.
 */

/** A box that is ticked takes no letters. */
const isTyping = (element) => element?.matches('input:not([type=checkbox]), select, textarea') ?? false;

function move(step) {
  const focused = document.activeElement;
  const box = focused?.dataset.index === undefined ? null : focused.closest('[data-scroll]');
  if (box) {
    const next = Number(focused.dataset.index) + step;
    const count = Number(box.dataset.scroll);
    if (next >= 0 && next < count) {
      box.dispatchEvent(new CustomEvent('seek', {detail: next}));
      return;
    }
  }
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0) return;
  const at = rows.indexOf(focused);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  // Of a long list only some rows are in the document: it is entered at its end, or its beginning.
  const entered = rows[next].dataset.index === undefined ? null : rows[next].closest('[data-scroll]');
  if (entered && entered !== box) {
    entered.dispatchEvent(new CustomEvent('seek', {detail: step > 0 ? 0 : Number(entered.dataset.scroll) - 1}));
    document.activeElement.scrollIntoView({block: 'nearest'});
    return;
  }
  rows[next].focus();
  rows[next].scrollIntoView({block: 'nearest'});
  // A list that scrolls with the window draws what comes next now: on a busy machine the next key is faster than a frame.
  dispatchEvent(new Event('scroll'));
}

export function listenToKeys({onHelp, onPause, onClose}) {
  const actions = {
    '/': () => document.querySelector('[data-search]')?.focus(),
    j: () => move(1),
    k: () => move(-1),
    p: onPause,
    '?': onHelp,
    Escape: onClose,
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]')) return;
    if (isTyping(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  });
}
