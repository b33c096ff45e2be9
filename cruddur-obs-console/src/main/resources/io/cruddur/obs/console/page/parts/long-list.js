import {html, nothing} from '/lib/lit-html/lit-html.js';
import {AsyncDirective} from '/lib/lit-html/async-directive.js';
import {directive} from '/lib/lit-html/directive.js';
import {repeat} from '/lib/lit-html/directives/repeat.js';
import {spacer} from './virtual.js';

/** So many rows are drawn as they are: the browser's own search finds them all. */
const WHOLE = 200;
/** Pixels beyond both edges of the window that are drawn too, so that neither the wheel nor a key meets a blank. */
const BEYOND = 800;
/** Rows come and go by so many. */
const STEP = 8;
/** Of a row, until the first ones are measured. */
const GUESS = 33;

/**
 * `<tbody>${longList({rows, key, row})}</tbody>` in a table that scrolls with the window: of many rows, each of a height
 * of its own, only those in sight are in the document. `row(item, index)` draws one.
 */
class LongList extends AsyncDirective {
  heights = new Map();
  keys = [];

  update(part, [{rows, key, row}]) {
    this.body = part.parentNode;
    this.measure();
    Object.assign(this, {rows, row, keys: rows.map(key)});
    if (this.heights.size > 2 * rows.length) this.heights.clear();
    // Only then does the table stand where it will be seen.
    queueMicrotask(() => this.attach());
    return this.window();
  }

  render() {
    return nothing;
  }

  attach() {
    if (!this.isConnected || this.rows.length <= WHOLE) return;
    addEventListener('scroll', this.look, {passive: true});
    addEventListener('resize', this.anew);
    this.look();
  }

  disconnected() {
    removeEventListener('scroll', this.look);
    removeEventListener('resize', this.anew);
  }

  reconnected() {
    this.attach();
  }

  look = () => {
    this.measure();
    const {first, last} = this.inSight();
    if (first !== this.first || last !== this.last) this.setValue(this.window());
  };

  /** Other columns, other heights. */
  anew = () => {
    this.heights.clear();
    this.usual = undefined;
    this.look();
  };

  measure() {
    if (this.keys.length <= WHOLE) return;
    const drawn = this.body.querySelectorAll(':scope > tr:not(.spacer)');
    let sum = 0;
    for (const [i, row] of drawn.entries()) {
      const height = row.offsetHeight;
      if (height === 0) return;
      this.heights.set(this.keys[this.first + i], height);
      sum += height;
    }
    // Once only: a guess that changed would move what is in sight.
    if (sum > 0) this.usual ??= sum / drawn.length;
  }

  /** Which rows, and the heights of all those before and after them. */
  inSight() {
    const {keys, heights, usual = GUESS} = this;
    if (keys.length <= WHOLE) return {first: 0, last: keys.length, before: 0, after: 0};
    const {top} = this.body.getBoundingClientRect();
    const found = {first: 0, last: keys.length, before: 0, after: 0};
    let y = 0;
    let end;
    for (const [i, key] of keys.entries()) {
      if (i % STEP === 0) {
        if (y <= -top - BEYOND) Object.assign(found, {first: i, before: y});
        else if (end === undefined && i > found.first && y >= innerHeight - top + BEYOND) {
          found.last = i;
          end = y;
        }
      }
      y += heights.get(key) ?? usual;
    }
    found.after = y - (end ?? y);
    return found;
  }

  window() {
    const {first, last, before, after} = this.inSight();
    Object.assign(this, {first, last});
    const {rows, keys, row} = this;
    const drawn = rows.slice(first, last);
    return html`${spacer(before)}${repeat(drawn, (item, i) => keys[first + i], (item, i) => row(item, first + i))}${spacer(after)}`;
  }
}

export const longList = directive(LongList);
