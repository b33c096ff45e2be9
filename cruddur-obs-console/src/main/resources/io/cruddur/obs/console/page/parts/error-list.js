import {html, nothing} from '/lib/lit-html/lit-html.js';
import {count} from '../format.js';
import {href} from '../router.js';
import {level, time} from './marks.js';

/** Error groups, as the errors view and a trace show them. */
export function errorList(groups) {
  return html`<table class="list errors">
    <caption class="unseen">Error groups, latest first</caption>
    <thead><tr><th scope="col">Level</th><th scope="col">Error</th><th scope="col" class="number">Count</th><th scope="col">First seen</th><th scope="col">Last seen</th></tr></thead>
    <tbody>${groups.map((group) => html`<tr class="opens">
      <td class="who">${level(group.level)}</td>
      <td class="what"><a data-row href=${href(['errors', group.fingerprint ?? ''])}>${group.title || group.fingerprint || 'Untitled'}</a></td>
      <td class="number size">${group.count === undefined ? nothing : html`${count(group.count)}<span class="unit"> times</span>`}</td>
      <td class="first">${time(group.firstSeen ?? group.timestamp)}</td>
      <td class="when">${time(group.lastSeen ?? group.timestamp)}</td>
    </tr>`)}</tbody>
  </table>`;
}
