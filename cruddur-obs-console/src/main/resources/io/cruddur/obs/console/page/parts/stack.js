import {html, nothing} from '/lib/lit-html/lit-html.js';
import {text} from '../format.js';

/** Frames of the platform and of libraries: what is left is the application's own. */
const LIBRARY =
  /^(java|javax|jdk|sun|com\.sun|jakarta|kotlin|kotlinx|scala|groovy|clojure|reactor|rx|io\.(netty|micrometer|reactivex|opentelemetry|undertow|vertx|quarkus|micronaut|helidon|grpc|lettuce|cruddur\.obs)|org\.(springframework|apache|eclipse|hibernate|postgresql|h2|jboss|slf4j|junit|aspectj|jooq|flywaydb|mariadb|mongodb|glassfish|opentest4j|mockito|assertj|wildfly|xnio|quartz|graalvm)|com\.(zaxxer|fasterxml|google|mysql|amazonaws|rollbar|github\.benmanes|microsoft|oracle|ibm|netflix|squareup)|ch\.qos|software\.amazon|tools\.jackson|okhttp3|node:internal|brave|zipkin2|net\.bytebuddy)\b|^internal\//;
const GENERATED = /\$\$|\$Proxy|CGLIB|<generated>/;
const TEXT_FRAME = /^\s*at (?:[^\s(]*\/)?([^\s(]+)\(([^:)]*)(?::(\d+))?\)/;
const LEAST_FOLD = 3;

/** X-Ray's ({path, line, label}), Rollbar's ({filename, lineno, class_name, method}) or a line of text. */
function frameOf(frame) {
  if (frame === null || typeof frame !== 'object') return textFrame(text(frame));
  const where = text(frame.label ?? [frame.class_name ?? frame.className, frame.method].map(text).filter(Boolean).join('.'));
  const file = text(frame.path ?? frame.filename);
  const number = text(frame.line ?? frame.lineno);
  const source = [file, number].filter(Boolean).join(':');
  return {text: `at ${where || 'unknown'}${source ? ` (${source})` : ''}`, where, own: isOwn(where, file)};
}

function textFrame(line) {
  const parts = TEXT_FRAME.exec(line);
  if (!parts) return {text: line, where: '', own: false, plain: true};
  return {text: line.trim(), where: parts[1], own: isOwn(parts[1], parts[2])};
}

function isOwn(where, file) {
  return Boolean(where) && !LIBRARY.test(where) && !GENERATED.test(where) && !GENERATED.test(file);
}

/** Runs of library frames between own ones, folded; never the first frame, which says where it happened. */
function foldedRuns(frames) {
  const runs = [];
  for (const [i, frame] of frames.entries()) {
    const last = runs.at(-1);
    const folds = i > 0 && !frame.own && !frame.plain;
    if (folds && last?.folds) last.frames.push(frame);
    else runs.push({folds, frames: [frame]});
  }
  return runs.map((run) => (run.folds && run.frames.length < LEAST_FOLD ? {...run, folds: false} : run));
}

/** A stack, the innermost frame first: the application's own frames stand out, the others between them are folded. */
export function stack(trace) {
  const lines = Array.isArray(trace) ? trace : text(trace).split('\n').filter(Boolean);
  if (lines.length === 0) return nothing;
  const frames = lines.map(frameOf);
  const anyOwn = frames.some((frame) => frame.own);
  const runs = anyOwn ? foldedRuns(frames) : [{folds: false, frames}];
  return html`<div class="stack" tabindex="0" role="group" aria-label="Stack trace">${runs.map(run)}</div>`;
}

function run({folds, frames}) {
  const lines = frames.map((frame) => html`<div class=${frame.own ? 'frame own' : 'frame'}>${frame.text}</div>`);
  if (!folds) return lines;
  return html`<details><summary>${frames.length} frames of ${packages(frames)}</summary>${lines}</details>`;
}

/** The first two parts of the packages, at most three of them. */
function packages(frames) {
  const names = [...new Set(frames.map(({where}) => where.split('.').slice(0, 2).join('.')).filter(Boolean))];
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ' and others' : '');
}

export function exceptions(thrown) {
  if (thrown.length === 0) return nothing;
  return html`<section class="block">
    <h3>${thrown.length === 1 ? 'Exception' : 'Exceptions'}</h3>
    ${thrown.map((e, i) => html`<details class="exception" ?open=${i === 0}>
      <summary>${i > 0 ? html`<span class="muted">caused by </span>` : nothing}<b>${text(e.type) || 'Exception'}</b>${e.message ? html`: ${text(e.message)}` : nothing}</summary>
      ${stack(e.stack)}
    </details>`)}
  </section>`;
}
