import {html, nothing} from '/lib/lit-html/lit-html.js';
import {copyButton} from './copy.js';

/** What stands in place of a list that has nothing to show: why, and what to do next. */
export function empty(title, text, command) {
  return html`<div class="notice">
    <h2>${title}</h2>
    <p>${text}</p>
    ${command ? html`<div class="command"><code>${command}</code>${copyButton(command, 'command')}</div>` : nothing}
  </div>`;
}

/** How programs without Cruddur Obs send here too. */
export function connect() {
  const lines = [
    ['X-Ray SDK, any language', `AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:${location.port}`],
    ['OpenTelemetry, any language', `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${location.origin}/v1/traces OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none`],
    ['CloudWatch Logs clients', `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${location.origin}`],
  ];
  return html`<section class="connect" aria-label="Other programs">
    <h2>Other programs send here too</h2>
    <dl>${lines.map(([what, line]) => html`<div><dt>${what}</dt><dd><code>${line}</code>${copyButton(line, what)}</dd></div>`)}</dl>
  </section>`;
}

export const FIRST_CALL = 'curl localhost:4567/api/activities/notifications';

export function problem(failure) {
  if (failure.status === 401) {
    return html`<div class="notice" role="alert">
      <h2>This browser has not been let in yet</h2>
      <p>Open the address that the console printed when it started: it carries the token. The token is new with each
        start, so an address from an earlier start no longer works.</p>
      <p class="muted">To keep one token, set <code>CRUDDUR_OBS_CONSOLE_TOKEN</code> before the start.</p>
    </div>`;
  }
  return html`<div class="notice" role="alert">
    <h2>${failure.message || 'Something went wrong'}</h2>
    ${failure.hint ? html`<p>${failure.hint}</p>` : nothing}
  </div>`;
}

export const loading = html`<p class="loading">Loading…</p>`;
