import {html, nothing} from '/lib/lit-html/lit-html.js';
import {ago, count, text} from '../format.js';
import {href} from '../router.js';
import {level, time} from './marks.js';
import {trend} from './trend.js';

/** Error groups, as the errors view and a trace show them. */
export function errorList(groups) {
  const withTrend = groups.some((group) => group.trend);
  return html`<table class="list errors">
    <caption class="unseen">Error groups, latest first</caption>
    <thead><tr><th scope="col">Level</th><th scope="col">Error</th>${withTrend ? html`<th scope="col">Trend</th>` : nothing}<th scope="col" class="number">Count</th><th scope="col">First seen</th><th scope="col">Last seen</th></tr></thead>
    <tbody>${groups.map((group) => html`<tr class="opens">
      <td class="who">${level(group.level)}</td>
      <td class="what"><a data-row href=${href(['errors', group.fingerprint])}>${text(group.title || group.fingerprint) || 'Untitled'}</a>
        ${group.service ? html`<span class="muted">${text(group.service)}</span>` : nothing}</td>
      ${withTrend ? html`<td class="trend-cell">${trend(group.trend)}</td>` : nothing}
      <td class="number size">${group.count === undefined ? nothing : html`${count(group.count)}<span class="unit"> ${group.count === 1 ? 'time' : 'times'}</span>`}</td>
      <td class="first">${time(group.firstSeen ?? group.timestamp)}</td>
      <td class="when"><span title=${text(group.lastSeen)}>${ago(group.lastSeen ?? group.timestamp)}</span></td>
    </tr>`)}</tbody>
  </table>`;
}
