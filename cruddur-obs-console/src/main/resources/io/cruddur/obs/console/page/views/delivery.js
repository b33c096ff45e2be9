import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, list} from '../api.js';
import {count, plural} from '../format.js';
import {service, time} from '../parts/marks.js';
import {empty, FIRST_CALL} from '../parts/states.js';

export const delivery = {
  path: ['delivery'],
  section: 'delivery',
  kinds: ['delivery'],
  key: () => '',
  load: (route, signal) => api.delivery(signal),
  summary: (data) => `Processes that report: ${list(data, 'processes').length}`,
  head: () => html`<div class="bar-top"><h1>Delivery</h1></div>`,
  body,
};

function body(data) {
  const processes = list(data, 'processes');
  if (processes.length === 0) {
    return empty('No process reports yet', 'A service with Cruddur Obs reports once a second what it accepted, delivered and lost. Start one, or call it:', FIRST_CALL);
  }
  return html`<p class="law">For every sink, at every moment: <strong>accepted = delivered + pending + lost</strong>. Each process counts for itself and reports here once a second.</p>
    ${processes.map(processCard)}
    ${ownEnd(data)}`;
}

/** What reached this machine by UDP and still is not here: the other end of the law. */
function ownEnd({rejectedDatagrams, droppedByKernel}) {
  if (!(rejectedDatagrams > 0) && !(droppedByKernel > 0)) return nothing;
  return html`<p class="law own-end">Of the datagrams sent to this console <strong>${count(droppedByKernel ?? 0)}</strong> were dropped by the kernel
    and <strong>${count(rejectedDatagrams ?? 0)}</strong> could not be read.</p>`;
}

function processCard(process) {
  return html`<section class="card">
    <h2>${service(process.service ?? 'unnamed')} ${process.process ? html`<span class="muted">${process.process}</span>` : nothing}
      <span class="muted seen">${process.time ? html`reported ${time(process.time)}` : nothing}</span></h2>
    <table class="list delivery">
      <caption class="unseen">The law of each sink</caption>
      <thead><tr><th scope="col">Sink</th><th scope="col" class="number">Accepted</th><th scope="col" class="number">Delivered</th><th scope="col" class="number">Pending</th><th scope="col" class="number">Lost</th><th scope="col">Law</th></tr></thead>
      <tbody>${list(process, 'sinks').map(sinkRow)}</tbody>
    </table>
  </section>`;
}

function sinkRow(sink) {
  const lost = Object.entries(sink.lost ?? {});
  const lostSum = lost.reduce((sum, [, n]) => sum + n, 0);
  const missing = (sink.accepted ?? 0) - (sink.delivered ?? 0) - (sink.pending ?? 0) - lostSum;
  return html`<tr>
    <th scope="row" class="what">${sink.name}</th>
    <td class="number" data-label="Accepted">${count(sink.accepted)}</td>
    <td class="number" data-label="Delivered">${count(sink.delivered)}</td>
    <td class="number" data-label="Pending">${count(sink.pending)}${sink.spooled > 0 ? ` (${count(sink.spooled)} on disk)` : ""}</td>
    <td class="number" data-label="Lost">${count(lostSum)}${lost.map(([reason, n]) => html`<span class="reason">${reason} ${count(n)}</span>`)}</td>
    <td class="law-mark" data-label="Law">${missing === 0
      ? html`<span class="balanced"><span aria-hidden="true">✓</span> balanced</span>`
      : html`<span class="unbalanced"><span aria-hidden="true">✗</span> off by ${count(missing)}</span>`}</td>
  </tr>`;
}
