import {html, nothing} from '/lib/lit-html/lit-html.js';
import {AsyncDirective} from '/lib/lit-html/async-directive.js';
import {directive} from '/lib/lit-html/directive.js';
import {repeat} from '/lib/lit-html/directives/repeat.js';
import {place} from './place.js';

/** Rows beyond both edges of what is seen, so that a turn of the wheel meets no blank. */
const BEYOND = 12;
const FIRST_VIEW = 900;

/**
 * `<tbody>${virtualRows({rows, height, key, row})}</tbody>` within an element marked `data-scroll`: of many rows of one
 * height only those in sight are in the document. `row(item, index)` draws one; its focusable element carries
 * `data-index`. The event `seek` (detail: an index) at the element brings that row into sight and focuses it.
 */
class VirtualRows extends AsyncDirective {
  update(part, [options]) {
    this.options = options;
    this.part = part;
    if (!this.box) queueMicrotask(() => this.attach());
    return this.window();
  }

  render() {
    return nothing;
  }

  attach() {
    this.box = this.part.parentNode?.closest?.('[data-scroll]');
    if (!this.box || !this.isConnected) return;
    this.box.addEventListener('scroll', this.onScroll, {passive: true});
    this.box.addEventListener('seek', this.onSeek);
    this.setValue(this.window());
  }

  disconnected() {
    this.box?.removeEventListener('scroll', this.onScroll);
    this.box?.removeEventListener('seek', this.onSeek);
    this.box = undefined;
  }

  reconnected() {
    this.attach();
  }

  onScroll = () => {
    if (this.first === this.firstRow()) return;
    this.setValue(this.window());
  };

  onSeek = ({detail: index}) => {
    const {rows, height} = this.options;
    const wanted = Math.min(Math.max(index, 0), rows.length - 1);
    const head = this.box.querySelector('thead')?.offsetHeight ?? 0;
    const top = wanted * height;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    const bottom = top + height + head - this.box.clientHeight;
    if (bottom > this.box.scrollTop) this.box.scrollTop = bottom;
    this.setValue(this.window());
    this.box.querySelector(`[data-index="${wanted}"]`)?.focus({preventScroll: true});
  };

  firstRow() {
    return Math.max(0, Math.floor((this.box?.scrollTop ?? 0) / this.options.height) - BEYOND);
  }

  window() {
    const {rows, height, key, row} = this.options;
    this.first = Math.min(this.firstRow(), Math.max(0, rows.length - 1));
    const view = this.box?.clientHeight || FIRST_VIEW;
    const last = Math.min(rows.length, this.first + Math.ceil(view / height) + 2 * BEYOND);
    const before = this.first;
    return html`${spacer(before * height)}${repeat(rows.slice(before, last), key, (item, i) => row(item, before + i))}${spacer((rows.length - last) * height)}`;
  }
}

/** In the place of rows that are not drawn. */
export function spacer(height) {
  return height > 0 ? html`<tr class="spacer" aria-hidden="true" ${place({height: `${height}px`})}></tr>` : nothing;
}

export const virtualRows = directive(VirtualRows);
