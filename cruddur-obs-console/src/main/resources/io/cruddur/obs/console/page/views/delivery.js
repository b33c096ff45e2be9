import {html, nothing} from '/lib/lit-html/lit-html.js';
import {api, deleteAll, list} from '../api.js';
import {ago, bytes, count, micros, number, record, text} from '../format.js';
import {announce} from '../parts/announce.js';
import {service, time} from '../parts/marks.js';
import {place} from '../parts/place.js';
import {empty, FIRST_CALL} from '../parts/states.js';

const SILENT_MS = 5000;

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
  return html`${processes.length === 0
      ? empty('No process reports yet', 'A service with Cruddur Obs reports once a second what it accepted, delivered and lost. Start one, or call it:', FIRST_CALL)
      : html`<p class="law">For every sink, at every moment: <strong>accepted = delivered + pending + lost</strong>. Each process counts for itself and reports here once a second.</p>
        ${processes.map(processCard)}`}
    ${ownEnd(data)}
    ${kept(record(data.kept))}`;
}

/** What reached this machine by UDP and still is not here: the other end of the law. */
function ownEnd({rejectedDatagrams, datagramsOfFullTraces, droppedByKernel}) {
  const [rejected, full, dropped] = [rejectedDatagrams, datagramsOfFullTraces, droppedByKernel].map(number);
  if (!(rejected > 0) && !(dropped > 0)) return nothing;
  return html`<p class="law own-end">Of the datagrams sent to this console <strong>${count(dropped)}</strong> were dropped by the kernel,
    <strong>${count(rejected - full)}</strong> could not be read, and <strong>${count(full)}</strong> found no room in their trace.</p>`;
}

function processCard(process) {
  return html`<section class="card">
    <h2>${service(process.service ?? 'unnamed')} ${process.process ? html`<span class="muted">${text(process.process)}</span>` : nothing}
      ${isGone(process) ? html`<span class="gone">no longer reports</span>` : nothing}
      <span class="muted seen">${process.time ? html`reported ${time(process.time)}` : nothing}</span></h2>
    <table class="list delivery">
      <caption class="unseen">The law of each sink</caption>
      <thead><tr><th scope="col">Sink</th><th scope="col"><span class="unseen">Shares</span></th><th scope="col" class="number">Accepted</th><th scope="col" class="number">Delivered</th><th scope="col" class="number">Pending</th><th scope="col" class="number">Lost</th><th scope="col">Law</th></tr></thead>
      <tbody>${list(process, 'sinks').map(sinkRow)}</tbody>
    </table>
  </section>`;
}

/** This machine's clock tells both times; a process reports once a second. */
function isGone({receivedAt}) {
  return Date.now() - micros(receivedAt) / 1000 > SILENT_MS;
}

function sinkRow(sink) {
  const lost = Object.entries(record(sink.lost));
  const lostSum = lost.reduce((sum, [, n]) => sum + number(n), 0);
  const missing = number(sink.accepted) - number(sink.delivered) - number(sink.pending) - lostSum;
  return html`<tr>
    <th scope="row" class="what">${text(sink.name)}${about(sink)}</th>
    <td class="shares">${shares(sink, lostSum)}</td>
    <td class="number" data-label="Accepted">${count(sink.accepted)}</td>
    <td class="number" data-label="Delivered">${count(sink.delivered)}</td>
    <td class="number" data-label="Pending">${count(sink.pending)}${number(sink.spooled) > 0 ? ` (${count(sink.spooled)} on disk)` : ''}</td>
    <td class="number" data-label="Lost">${count(lostSum)}${lost.map(([reason, n]) => html`<span class="reason">${reason} ${count(n)}</span>`)}</td>
    <td class="law-mark" data-label="Law">${missing === 0
      ? html`<span class="balanced"><span aria-hidden="true">✓</span> balanced</span>`
      : html`<span class="unbalanced"><span aria-hidden="true">✗</span> off by ${count(missing)}</span>`}</td>
  </tr>`;
}

function about({spoolBytes, spoolRefusals, lastFailure, lastDelivered}) {
  return html`${lastDelivered ? html`<span class="note">last delivered <span title=${text(lastDelivered)}>${ago(lastDelivered)}</span></span>` : nothing}
    ${number(spoolBytes) > 0 ? html`<span class="note">spool ${bytes(spoolBytes)}</span>` : nothing}
    ${number(spoolRefusals) > 0 ? html`<span class="note warn">the spool was full ${count(spoolRefusals)} times</span>` : nothing}
    ${lastFailure ? html`<span class="note warn">last failure: ${text(lastFailure.reason)} <span title=${text(lastFailure.time)}>${ago(lastFailure.time)}</span></span>` : nothing}`;
}

/** The law as lengths: what is delivered, pending and lost of what was accepted. */
function shares({accepted, delivered, pending}, lost) {
  if (!(number(accepted) > 0)) return nothing;
  const part = (name, n) => (number(n) > 0 ? html`<i class=${name} ${place({width: `${Math.max((100 * n) / accepted, 1)}%`})}></i>` : nothing);
  return html`<span class="share-bar" aria-hidden="true">${part('delivered', delivered)}${part('pending', pending)}${part('lost', lost)}</span>`;
}

/** What this console holds of all that arrived, and what it has let go of. */
function kept(stores) {
  const names = Object.entries(stores).map(([name, fill]) => [name, record(fill)]);
  if (names.length === 0) return nothing;
  return html`<section class="card kept">
    <h2>In this console <span class="muted">in memory only, the oldest make room for new</span></h2>
    <table class="list">
      <caption class="unseen">What the console keeps</caption>
      <thead><tr><th scope="col">Kind</th><th scope="col" class="number">Kept</th><th scope="col" class="number">Memory</th><th scope="col" class="number">Evicted</th></tr></thead>
      <tbody>${names.map(([name, fill]) => html`<tr><th scope="row" class="what">${name}</th>
        <td class="number" data-label="kept">${count(fill.count)} of ${count(fill.maxCount)}</td>
        <td class="number" data-label="memory">${bytes(fill.bytes)} of ${bytes(fill.maxBytes)}</td>
        <td class="number" data-label="evicted">${count(fill.evicted)}</td></tr>`)}</tbody>
    </table>
    <p><button type="button" class="button danger" @click=${forget}>Delete all data</button></p>
  </section>`;
}

const REALLY_MS = 4000;
const DELETE = 'Delete all data';

/** Asks once more, on the button itself, which also tells what came of it. */
async function forget({currentTarget: button}) {
  if (!button.dataset.sure) {
    button.dataset.sure = 'yes';
    shortly(button, 'Really delete? Press again');
    return;
  }
  delete button.dataset.sure;
  button.textContent = DELETE;
  try {
    await deleteAll();
  } catch (failure) {
    announce(`Nothing is deleted. ${failure.message}`);
    shortly(button, `Nothing is deleted. ${failure.message}`);
  }
}

function shortly(button, words) {
  button.textContent = words;
  setTimeout(() => {
    if (button.textContent !== words) return;
    delete button.dataset.sure;
    button.textContent = DELETE;
  }, REALLY_MS);
}
