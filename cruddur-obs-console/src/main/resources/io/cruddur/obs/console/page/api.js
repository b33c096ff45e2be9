import {part, text} from './format.js';

/** The console's JSON API, as the page uses it. The cookie set by the address printed at start carries the token. */

export class ApiError extends Error {
  constructor(status, message, hint) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

function get(path, query, signal) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }
  return ask(url, {signal});
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, {...options, headers: {Accept: 'application/json'}, credentials: 'same-origin'});
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw new ApiError(0, 'The console does not answer.', 'Its process may have ended. This page asks again by itself.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(response.status, text(body?.error) || `The console answered ${response.status}.`, text(body?.hint));
  }
  return body !== null && typeof body === 'object' ? body : {};
}

/** Forgets all that the console keeps. */
export function deleteAll() {
  return ask('/api/data', {method: 'DELETE'});
}

export const api = {
  traces: (query, signal) => get('/api/traces', query, signal),
  trace: (id, signal) => get(`/api/traces/${part(id)}`, {}, signal),
  map: (query, signal) => get('/api/map', query, signal),
  logs: (query, signal) => get('/api/logs', query, signal),
  errors: (signal) => get('/api/errors', {}, signal),
  error: (fingerprint, signal) => get(`/api/errors/${part(fingerprint)}`, {}, signal),
  delivery: (signal) => get('/api/delivery', {}, signal),
};

/** Where the trace can be had as a file, with the documents as they came. */
export const downloadOf = (id) => `/api/traces/${part(id)}/download`;

/** The objects in the list under that name, or none: any field of an answer may be missing, or of another type. */
export function list(body, name) {
  const value = body?.[name];
  return Array.isArray(value) ? value.filter((item) => item !== null && typeof item === 'object') : [];
}

/** The same of texts. */
export function texts(body, name) {
  const value = body?.[name];
  return Array.isArray(value) ? value.map(text).filter(Boolean) : [];
}
