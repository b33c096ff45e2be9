/** The scheme of the browser, or the one that was chosen here: kept in this browser, for all consoles of this address. */

const KEY = 'cruddur-obs-theme';
const NEXT = {auto: 'light', light: 'dark', dark: 'auto'};

export function theme() {
  try {
    const kept = localStorage.getItem(KEY);
    return Object.hasOwn(NEXT, kept) ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export function applyTheme() {
  const chosen = theme();
  if (chosen === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

export function nextTheme() {
  try {
    localStorage.setItem(KEY, NEXT[theme()]);
  } catch {
    // A browser that keeps nothing stays with its own scheme.
  }
  applyTheme();
}
