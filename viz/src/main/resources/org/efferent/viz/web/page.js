'use strict';
// The dashboard in a browser: takes updates over a socket, keeps what is in sight, draws it on canvases, and says it in
// words and tables. Plain JavaScript, no library, nothing from elsewhere. A message is a length, words as JSON, and
// float32 numbers (UpdateWriter.java); a list [at, count] in the words means so many of the numbers.

const TITLES = {
  signals: 'Signals', quality: 'Quality', spectrum: 'Spectrum', spectrogram: 'Spectrogram', evoked: 'Averages',
  state: 'Decoder state', health: 'Latency and loss', ranking: 'Retrieval', pictures: 'Images',
};
const SPOKEN_EVERY = 4000; // milliseconds between changes of what a screen reader hears
const ASLEEP_AFTER = 3000; // a clock that jumps by more was asleep
const BACK_OFF = [500, 1000, 2000, 4000, 8000, 10000];
const byId = (id) => document.getElementById(id);

const seen = { hello: null, quality: null, spectrum: null, evoked: null, state: null, health: null, ranking: null, pictures: null };
const signals = { n: 0, columns: 0, low: [], high: [], flags: null, newest: -1, oldest: 0, centre: [], half: [], marks: [], rows: 0, gaps: 0 };
const gram = { label: '', unit: '', bins: 0, capacity: 0, binHz: 0, columnSeconds: 0.1, data: null, first: 0, next: 0 };
const view = { page: 0, perPage: 32, gain: 1, selected: 0, selectedAt: -1e9, held: false, large: null };
const panels = new Map(); // key → {section, canvas, note, table, dirty, draw, words, rows}
const live = { socket: null, taken: 0, tries: 0, updates: 0, since: performance.now(), rate: 0, last: 0, ended: false };
window.efferent = { view, live, seen }; // for who looks at the page from outside: its test

// ---- colours -------------------------------------------------------------------------------------------------------

let ink = {};
function readInk() {
  const style = getComputedStyle(document.documentElement);
  ink = {};
  for (const name of ['ground', 'text', 'soft', 'edge', 'grid', 'trace', 'band', 'bad', 'alert']) {
    ink[name] = style.getPropertyValue('--' + name).trim();
  }
  ink.series = [0, 1, 2, 3, 4, 5].map((i) => style.getPropertyValue('--series' + i).trim());
}
function remembered() {
  try { return localStorage.getItem('efferent-theme'); } catch { return null; }
}
const darkWanted = matchMedia('(prefers-color-scheme: dark)');
function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId('theme').setAttribute('aria-label', 'Theme: ' + name);
  readInk();
  allDirty();
}
function systemTheme() { setTheme(remembered() || (darkWanted.matches ? 'dark' : 'light')); }
function otherTheme() {
  const name = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem('efferent-theme', name); } catch { /* then only for now */ }
  setTheme(name);
}

// Viridis by seven of its colours, in between straight lines (van der Walt and Smith, 2015).
const VIRIDIS = [[68, 1, 84], [68, 57, 131], [49, 104, 142], [33, 145, 140], [53, 183, 121], [144, 215, 67], [253, 231, 37]];
const RAMP = Array.from({ length: 256 }, (_, i) => {
  const at = (i / 255) * (VIRIDIS.length - 1);
  const k = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return VIRIDIS[k].map((v, c) => Math.round(v + (at - k) * (VIRIDIS[k + 1][c] - v)));
});

// ---- words ---------------------------------------------------------------------------------------------------------

function digits(x, n = 3) {
  if (x === null || x === undefined || !Number.isFinite(x)) return 'unknown';
  if (x === 0) return '0';
  const a = Math.abs(x);
  return a >= 1e5 || a < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(n)));
}
const millis = (micros) => (Number.isFinite(micros) && micros !== null ? digits(micros / 1000) + ' ms' : 'unknown');
const withUnit = (x, unit) => digits(x) + (unit ? ' ' + unit : '');
const channelName = () => (seen.hello ? seen.hello.channels[view.selected] : '');

// ---- the socket ----------------------------------------------------------------------------------------------------

function alarm(words) {
  const box = byId('alarm');
  if (box.textContent !== words) box.textContent = words;
  box.hidden = !words;
}
function tell(message) {
  if (live.socket && live.socket.readyState === WebSocket.OPEN) live.socket.send(JSON.stringify(message));
}
function connect() {
  const socket = new WebSocket('ws://' + location.host + '/live');
  socket.binaryType = 'arraybuffer';
  live.socket = socket;
  live.taken = 0;
  socket.onmessage = (event) => {
    live.tries = 0;
    take(event.data);
    live.taken++;
    live.updates++;
    live.last = performance.now();
    tell({ type: 'take', count: live.taken });
  };
  socket.onclose = (event) => {
    if (live.socket !== socket) return;
    const wait = BACK_OFF[Math.min(live.tries++, BACK_OFF.length - 1)];
    const why = event.code === 1013 ? 'the program has as many viewers as it takes' : 'the program is gone or out of reach';
    alarm(why + '; what is shown is old. Trying again in ' + wait / 1000 + ' s');
    setTimeout(again, wait);
  };
}
/** Asks first whether the token still holds: a program that was started again has another one. */
async function again() {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    if (answer.status === 401) {
      alarm('the program was started again: open the new address that it printed');
      live.tries = BACK_OFF.length;
      setTimeout(again, BACK_OFF[BACK_OFF.length - 1]);
      return;
    }
  } catch { /* still gone; the socket says so */ }
  connect();
}
function wakeUp() { tell({ type: 'all' }); }

let clock = performance.now();
setInterval(() => {
  const now = performance.now();
  const slept = now - clock > ASLEEP_AFTER;
  clock = now;
  if (document.hidden) return;
  if (slept) wakeUp();
  const passed = (now - live.since) / 1000;
  if (passed >= 1) {
    live.rate = live.updates / passed;
    live.updates = 0;
    live.since = now;
  }
  status();
}, 500);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) tell({ type: 'sleep' });
  else { clock = performance.now(); wakeUp(); }
});

let saidAt = -SPOKEN_EVERY;
function status() {
  const now = performance.now();
  const h = seen.health;
  if (live.socket && live.socket.readyState === WebSocket.OPEN) {
    const silent = now - live.last > 2000 && live.last > 0;
    alarm(h && h.stale ? 'STALE: nothing comes from the stream; what is shown is old' : silent ? 'no update for ' + Math.round((now - live.last) / 1000) + ' s; the program may be busy' : view.held ? 'held: the picture does not move; Space goes on' : '');
  }
  if (now - saidAt < SPOKEN_EVERY || !seen.hello) return;
  saidAt = now;
  const s = seen.hello;
  byId('status').textContent = `${s.channels.length} channels, ${s.rate ? digits(s.rate) + ' Hz' : 'irregular'}, ${s.montage}; ` +
    (h ? `${h.rows} rows, ${h.lost} lost; ` : '') + Math.round(live.rate) + ' updates a second';
  for (const p of panels.values()) p.speak();
}

// ---- what comes ----------------------------------------------------------------------------------------------------

function take(data) {
  const length = new DataView(data).getUint32(0, true);
  const words = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
  const all = new Float32Array(data, 4 + length);
  const numbers = (of) => all.subarray(of[0], of[0] + of[1]);
  if (words.hello) hello(words.hello);
  if (words.signals) takeSignals(words.signals, numbers);
  if (words.spectrogram) takeGram(words.spectrogram, numbers);
  const copy = (of) => Float32Array.from(numbers(of));
  if (words.spectrum) {
    const s = words.spectrum;
    for (const name of ['selectedDecibels', 'lowDecibels', 'middleDecibels', 'highDecibels']) s[name] = copy(s[name]);
    if (performance.now() - view.selectedAt > 500) selectedIs(s.selected); // else it may be older than the choice here
  }
  if (words.evoked) words.evoked.averages.forEach((a) => { a.mean = copy(a.mean); });
  if (words.state) words.state.trail = copy(words.state.trail);
  if (words.health) {
    words.health.secondRows = copy(words.health.secondRows);
    words.health.secondLost = copy(words.health.secondLost);
  }
  for (const key of ['spectrum', 'evoked', 'state', 'health', 'quality', 'ranking', 'pictures']) {
    if (words[key]) { seen[key] = words[key]; dirty(key); }
  }
}

function hello(h) {
  seen.hello = h;
  document.title = h.stream + ' – Efferent';
  byId('title').textContent = h.stream;
  const list = byId('channel');
  list.replaceChildren(...h.channels.map((name, i) => new Option(name, i)));
  list.value = view.selected;
  const n = h.signals.length;
  signals.n = n;
  signals.columns = h.columns;
  signals.low = Array.from({ length: n }, () => new Float32Array(h.columns).fill(NaN));
  signals.high = Array.from({ length: n }, () => new Float32Array(h.columns).fill(NaN));
  signals.flags = new Uint8Array(h.columns);
  signals.newest = -1;
  signals.oldest = 0;
  signals.marks = [];
  gram.data = null;
  build(h.panels);
}

function takeSignals(s, numbers) {
  const flags = numbers(s.flags), low = numbers(s.low), high = numbers(s.high);
  const n = flags.length, c = signals.columns;
  signals.centre = Float32Array.from(numbers(s.centre));
  signals.half = Float32Array.from(numbers(s.half));
  signals.rows = s.rows;
  signals.gaps = s.gaps;
  for (let i = 0; i < n; i++) {
    const slot = (s.first + i) % c;
    signals.flags[slot] = flags[i];
    for (let k = 0; k < signals.n; k++) {
      signals.low[k][slot] = low[k * n + i];
      signals.high[k][slot] = high[k * n + i];
    }
  }
  signals.newest = Math.max(signals.newest, s.first + n - 1);
  const begin = signals.newest + 1 - c;
  signals.marks = signals.marks.filter((m) => m[0] < s.first && m[0] >= begin).concat(s.marks);
  dirty('signals');
}

function takeGram(g, numbers) {
  const data = numbers(g.decibels);
  const other = !gram.data || gram.label !== g.label || gram.bins !== g.bins || g.first > gram.next;
  if (other) {
    Object.assign(gram, { label: g.label, unit: g.unit, bins: g.bins, capacity: g.capacity, binHz: g.binHz, columnSeconds: g.columnSeconds });
    gram.data = new Float32Array(g.bins * g.capacity).fill(NaN);
    gram.first = g.first;
    gram.next = g.first;
    if (panels.has('spectrogram')) panels.get('spectrogram').speak();
  }
  for (let i = 0; i < g.columns; i++) {
    gram.data.set(data.subarray(i * g.bins, (i + 1) * g.bins), ((g.first + i) % g.capacity) * g.bins);
  }
  gram.next = Math.max(gram.next, g.first + g.columns);
  dirty('spectrogram');
}

// ---- what is wanted ------------------------------------------------------------------------------------------------

function selectedIs(channel) {
  if (channel === view.selected) return;
  view.selected = channel;
  byId('channel').value = channel;
  allDirty();
  for (const p of panels.values()) p.speak();
}
function select(channel) {
  if (!seen.hello) return;
  const n = seen.hello.channels.length;
  const to = Math.max(0, Math.min(n - 1, channel));
  tell({ type: 'select', channel: to });
  view.selectedAt = performance.now();
  selectedIs(to);
  if (to < view.page || to >= view.page + view.perPage) page(Math.floor(to / view.perPage) * view.perPage);
}
function page(first) {
  view.page = Math.max(0, Math.min(first, Math.max(0, signals.n - view.perPage)));
  dirty('signals');
  if (panels.has('signals')) panels.get('signals').speak();
}
function perPage(n) { view.perPage = Math.max(4, Math.min(256, n)); page(view.page); }
function gain(by) { view.gain = by ? Math.max(1 / 64, Math.min(64, view.gain * by)) : 1; dirty('signals'); }
function hold() {
  view.held = !view.held;
  byId('hold').setAttribute('aria-pressed', String(view.held));
  status();
  if (!view.held) allDirty();
}
function large(key) {
  view.large = view.large === key ? null : key;
  byId('panels').classList.toggle('one', view.large !== null);
  for (const [k, p] of panels) p.section.classList.toggle('large', k === view.large);
  allDirty();
}
function keysDialog() { const d = byId('keys'); if (d.open) d.close(); else d.showModal(); }

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.closest('select, input, dialog');
  if (event.key === 'F1' || (event.key === '?' && !typing)) { event.preventDefault(); keysDialog(); return; }
  if (typing) return;
  const button = event.target.closest('button');
  const inTable = event.target.closest('.table');
  const on = event.target.closest('section');
  const key = on ? on.dataset.key : 'signals';
  const actions = {
    ArrowUp: () => select(view.selected - 1), ArrowDown: () => select(view.selected + 1),
    ArrowLeft: () => page(view.page - view.perPage), ArrowRight: () => page(view.page + view.perPage),
    PageUp: () => page(view.page - view.perPage), PageDown: () => page(view.page + view.perPage),
    Home: () => select(0), End: () => select(Infinity),
    '+': () => gain(1.5), '=': () => gain(1.5), '-': () => gain(1 / 1.5), 0: () => gain(0),
    '[': () => perPage(view.perPage / 2), ']': () => perPage(view.perPage * 2),
    t: otherTheme, m: () => large(key), v: () => panels.get(key) && panels.get(key).toggleTable(),
  };
  if (!button) Object.assign(actions, { ' ': hold, Enter: () => large(key) });
  if (inTable) for (const k of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', ' ']) delete actions[k];
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (action) { event.preventDefault(); action(); }
});
byId('channel').addEventListener('change', (event) => select(Number(event.target.value)));
byId('page-up').addEventListener('click', () => page(view.page - view.perPage));
byId('page-down').addEventListener('click', () => page(view.page + view.perPage));
byId('larger').addEventListener('click', () => gain(1.5));
byId('smaller').addEventListener('click', () => gain(1 / 1.5));
byId('hold').addEventListener('click', hold);
byId('theme').addEventListener('click', otherTheme);
byId('help').addEventListener('click', keysDialog);
darkWanted.addEventListener('change', () => { if (!remembered()) systemTheme(); });

// ---- panels --------------------------------------------------------------------------------------------------------

function dirty(key) { const p = panels.get(key); if (p) p.dirty = true; }
function allDirty() { for (const p of panels.values()) p.dirty = true; }

function element(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

function build(keys) {
  const main = byId('panels');
  if ([...panels.keys()].join() === keys.join()) return;
  panels.clear();
  main.replaceChildren();
  // Signals take the left half; the others share the rest in two columns.
  const rest = keys.filter((k) => k !== 'signals');
  const rows = Math.max(1, Math.ceil(rest.length / 2));
  keys.forEach((key) => {
    const p = panel(key);
    panels.set(key, p);
    main.append(p.section);
    const place = p.section.style;
    if (key === 'signals') {
      place.gridColumn = rest.length ? '1 / 7' : '1 / -1';
      place.gridRow = '1 / ' + (rows + 1);
    } else {
      const i = rest.indexOf(key);
      const from = keys.length === rest.length ? 1 : 7;
      const wide = (13 - from) / 2;
      const alone = i === rest.length - 1 && rest.length % 2 === 1;
      place.gridColumn = alone ? from + ' / 13' : from + (i % 2) * wide + ' / span ' + wide;
      place.gridRow = String(Math.floor(i / 2) + 1);
    }
  });
}

function panel(key) {
  const note = element('span', { class: 'note' });
  const toggle = element('button', { 'aria-pressed': 'false', 'aria-label': TITLES[key] + ' as a table' }, 'Table');
  const body = element('div', { class: 'body' });
  const section = element('section', { 'aria-label': TITLES[key] }, element('h2', {}, TITLES[key], note, toggle), body);
  section.dataset.key = key;
  const canvas = element('canvas', { role: 'img', tabindex: '0', 'aria-label': TITLES[key] + ': nothing yet' });
  body.append(canvas);
  const table = element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': TITLES[key] + ', table' });
  table.hidden = true;
  section.append(table);
  const p = { key, section, canvas, note, body, table, dirty: true };
  p.speak = () => {
    const words = seen.hello ? WORDS[key]() : 'nothing yet';
    const label = TITLES[key] + ': ' + words;
    if (canvas.getAttribute('aria-label') !== label) canvas.setAttribute('aria-label', label);
    note.textContent = NOTES[key] ? NOTES[key]() : '';
    note.title = note.textContent;
    if (!table.hidden) fill(table, TABLES[key]());
  };
  p.toggleTable = () => {
    table.hidden = !table.hidden;
    body.hidden = !table.hidden;
    toggle.setAttribute('aria-pressed', String(!table.hidden));
    p.speak();
    (table.hidden ? canvas : table).focus();
    p.dirty = true;
  };
  toggle.addEventListener('click', p.toggleTable);
  if (key === 'signals') {
    canvas.addEventListener('click', (event) => {
      const shown = Math.min(view.perPage, signals.n);
      const row = Math.floor((event.offsetY / canvas.clientHeight) * shown);
      select(Math.min(view.page + row, seen.hello.channels.length - 1));
    });
  }
  return p;
}

function fill(into, [head, ...rows]) {
  const cells = (row, tag) => row.map((cell, i) => element(i === 0 && tag === 'td' ? 'th' : tag, i === 0 && tag === 'td' ? { scope: 'row' } : tag === 'th' ? { scope: 'col' } : {}, String(cell)));
  into.replaceChildren(element('table', {},
    element('thead', {}, element('tr', {}, ...cells(head, 'th'))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row, 'td'))))));
}

function frame() {
  requestAnimationFrame(frame);
  if (view.held || !seen.hello) return;
  for (const p of panels.values()) {
    if (!p.dirty || !p.table.hidden || (view.large && view.large !== p.key)) continue;
    p.dirty = false;
    const ratio = window.devicePixelRatio || 1;
    const w = p.canvas.clientWidth, h = p.canvas.clientHeight;
    if (w < 20 || h < 20) continue;
    const pw = Math.round(w * ratio), ph = Math.round(h * ratio);
    if (p.canvas.width !== pw || p.canvas.height !== ph) { p.canvas.width = pw; p.canvas.height = ph; }
    const g = p.canvas.getContext('2d', { alpha: false });
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.fillStyle = ink.ground;
    g.fillRect(0, 0, w, h);
    const size = Math.max(11, parseFloat(getComputedStyle(document.body).fontSize) * 0.82);
    g.font = size + 'px system-ui, "DejaVu Sans", sans-serif';
    g.lineWidth = 1;
    DRAW[p.key](g, w, h, size, p);
  }
}

function message(g, w, h, words) {
  g.fillStyle = ink.soft;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(words, w / 2, h / 2, w - 12);
}

/** Round steps over a range: about so many. */
function ticks(low, high, about) {
  const span = high - low;
  if (!(span > 0)) return [];
  const ten = Math.pow(10, Math.floor(Math.log10(span / about)));
  const step = [1, 2, 5, 10].map((m) => m * ten).find((s) => span / s <= about * 1.2) || 10 * ten;
  const all = [];
  for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++) all.push(Number((i * step).toPrecision(10)));
  return all;
}

/** Frame, grid, numbers and names of two axes; gives where values lie. */
function axes(g, w, h, size, x, y) {
  const left = size * 4.4, right = w - size, top = size * 0.8, bottom = h - size * 2.9;
  const px = (v) => left + ((v - x.low) / (x.high - x.low)) * (right - left);
  const py = (v) => bottom - ((v - y.low) / (y.high - y.low)) * (bottom - top);
  g.strokeStyle = ink.grid;
  g.fillStyle = ink.soft;
  g.textBaseline = 'top';
  g.textAlign = 'center';
  g.beginPath();
  for (const v of ticks(x.low, x.high, Math.max(2, (right - left) / (size * 6)))) {
    g.moveTo(px(v), top); g.lineTo(px(v), bottom);
    g.fillText(digits(v), px(v), bottom + 3);
  }
  g.textBaseline = 'middle';
  g.textAlign = 'right';
  for (const v of ticks(y.low, y.high, Math.max(2, (bottom - top) / (size * 2.6)))) {
    g.moveTo(left, py(v)); g.lineTo(right, py(v));
    g.fillText(digits(v), left - 4, py(v));
  }
  g.stroke();
  g.strokeStyle = ink.edge;
  g.strokeRect(left, top, right - left, bottom - top);
  g.textAlign = 'center';
  g.textBaseline = 'bottom';
  g.fillText(x.name, (left + right) / 2, h - 1);
  g.save();
  g.translate(size * 0.1, (top + bottom) / 2);
  g.rotate(-Math.PI / 2);
  g.textBaseline = 'top';
  g.fillText(y.name, 0, 0);
  g.restore();
  return { px, py, left, right, top, bottom };
}
function clipped(g, a, draw) {
  g.save();
  g.beginPath();
  g.rect(a.left, a.top, a.right - a.left, a.bottom - a.top);
  g.clip();
  draw();
  g.restore();
}
function curve(g, a, n, x, y, color, width) {
  g.strokeStyle = color;
  g.lineWidth = width;
  g.beginPath();
  let open = false;
  for (let i = 0; i < n; i++) {
    const v = y(i);
    if (!Number.isFinite(v)) { open = false; continue; }
    if (open) g.lineTo(a.px(x(i)), a.py(v)); else g.moveTo(a.px(x(i)), a.py(v));
    open = true;
  }
  g.stroke();
  g.lineWidth = 1;
}
function range(values, pad = 0.06) {
  let low = Infinity, high = -Infinity;
  for (const v of values) if (Number.isFinite(v)) { low = Math.min(low, v); high = Math.max(high, v); }
  if (!(low <= high)) return null;
  const more = Math.max((high - low) * pad, 1e-9 + Math.abs(high) * 1e-6);
  return { low: low - more, high: high + more };
}

const DRAW = {
  signals(g, w, h, size) {
    const shown = Math.min(view.perPage, signals.n - view.page);
    if (signals.newest < 0) return message(g, w, h, 'waiting for rows');
    const left = size * 6.2, right = w - 6, bottom = h - size * 1.6, tall = bottom / shown;
    const c = signals.columns, begin = signals.newest + 1 - c;
    const px = (column) => left + ((column - begin) / c) * (right - left);
    g.strokeStyle = ink.grid;
    g.fillStyle = ink.soft;
    g.textAlign = 'center';
    g.textBaseline = 'bottom';
    g.beginPath();
    for (const t of ticks(-seen.hello.window, 0, Math.max(2, (right - left) / (size * 7)))) {
      const x = px(signals.newest + 1 + (t / seen.hello.window) * c);
      g.moveTo(x, 0); g.lineTo(x, bottom);
      g.fillText(t === 0 ? 'now' : digits(t) + ' s', Math.min(x, right - size), h);
    }
    g.stroke();
    g.strokeStyle = ink.series[1];
    g.fillStyle = ink.series[1];
    g.textAlign = 'left';
    g.textBaseline = 'top';
    let free = -1;
    for (const m of signals.marks) {
      const x = px(m[0]);
      if (x < left) continue;
      g.fillRect(x, 0, 1, bottom);
      if (x > free) { g.fillText(m[1], x + 2, 1); free = x + 6 + g.measureText(m[1]).width; }
    }
    g.textBaseline = 'middle';
    const every = Math.max(1, Math.ceil((size * 1.05) / tall)); // names that do not overlap
    for (let i = 0; i < shown; i++) {
      const s = view.page + i, middle = (i + 0.5) * tall, chosen = s === view.selected;
      if (chosen) { g.fillStyle = ink.band; g.fillRect(0, i * tall, w, tall); }
      const [name, unit] = seen.hello.signals[s];
      if (chosen || (i % every === 0 && !(every > 1 && Math.abs(s - view.selected) < every))) {
        g.fillStyle = chosen ? ink.text : ink.soft;
        g.textAlign = 'left';
        g.fillText((chosen ? '▸' : '') + name, 3, middle, left * 0.5);
        g.textAlign = 'right';
        g.fillText('±' + digits(signals.half[s] / view.gain, 2) + (unit ? ' ' + unit : ''), left - 4, middle, left * 0.48);
      }
      trace(g, s, middle, tall, begin, px, chosen ? ink.series[0] : ink.trace, bottom);
    }
    g.fillStyle = ink.bad;
    for (let column = Math.max(0, begin); column <= signals.newest; column++) {
      if (signals.flags[column % c] & 2) g.fillRect(px(column) - 1, 0, 2, bottom);
    }
  },

  quality(g, w, h, size) {
    const all = seen.quality ? seen.quality.channels : [];
    if (!all.length) return message(g, w, h, 'after the first second');
    const placed = all.filter((c) => c.x !== null);
    const bad = all.filter((c) => c.state !== 'good');
    const list = Math.min(w * 0.46, size * 15);
    const r = Math.min(w - list, h) / 2 - size * 1.3;
    if (placed.length && r > 20) {
      const x0 = (w - list) / 2, y0 = h / 2 + size * 0.3;
      const out = Math.max(1, ...placed.map((c) => Math.hypot(c.x, c.y)));
      g.strokeStyle = ink.edge;
      g.beginPath();
      g.arc(x0, y0, r, 0, 7);
      g.moveTo(x0 - r * 0.1, y0 - r * 0.995); g.lineTo(x0, y0 - r * 1.09); g.lineTo(x0 + r * 0.1, y0 - r * 0.995);
      g.stroke();
      const dot = Math.max(4, Math.min(size, r * 0.8 / Math.sqrt(placed.length)));
      g.textAlign = 'center';
      g.textBaseline = 'middle';
      for (const c of placed) {
        const x = x0 + (c.x / out) * r * 0.94, y = y0 - (c.y / out) * r * 0.94;
        g.fillStyle = c.state === 'good' ? ink.series[0] : ink.bad;
        g.beginPath(); g.arc(x, y, dot, 0, 7); g.fill();
        if (c.label === channelName()) { g.strokeStyle = ink.text; g.lineWidth = 2.5; g.stroke(); g.lineWidth = 1; }
        g.fillStyle = ink.ground;
        if (dot > size * 0.8) g.fillText(c.sign || c.label, x, y + 1, dot * 1.9);
        else if (c.sign) g.fillText(c.sign, x, y + 1);
      }
    }
    let y = size * 0.9;
    const x = placed.length ? w - list : 8;
    g.textAlign = 'left';
    g.textBaseline = 'middle';
    g.fillStyle = ink.text;
    g.fillText((all.length - bad.length) + ' of ' + all.length + ' good', x, y);
    for (const c of bad.concat(all.filter((a) => a.state === 'good'))) {
      y += size * 1.45;
      if (y > h - size * 0.6) break;
      g.fillStyle = c.state === 'good' ? ink.soft : ink.bad;
      g.fillText(c.label + '  ' + withUnit(c.amplitude, seen.quality.unit) + (c.state === 'good' ? '' : '  ' + c.sign + ' ' + c.state), x, y, list - 4);
    }
  },

  spectrum(g, w, h, size) {
    const s = seen.spectrum;
    if (!s || !s.middleDecibels.length) return message(g, w, h, seen.hello.rate ? 'after the first two seconds' : 'a stream without a rate has no spectrum');
    const n = s.middleDecibels.length, from = 1;
    const y = range([...s.lowDecibels.subarray(from), ...s.highDecibels.subarray(from), ...s.selectedDecibels.subarray(from)]);
    if (!y) return message(g, w, h, 'no segment without a loss yet');
    const a = axes(g, w, h, size, { low: 0, high: (n - 1) * s.binHz, name: 'frequency (Hz)' }, { ...y, name: 'dB of ' + (s.unit || 'unit') + '²/Hz' });
    clipped(g, a, () => {
      g.fillStyle = ink.band;
      g.beginPath();
      for (let i = from; i < n; i++) g.lineTo(a.px(i * s.binHz), a.py(s.highDecibels[i]));
      for (let i = n - 1; i >= from; i--) g.lineTo(a.px(i * s.binHz), a.py(s.lowDecibels[i]));
      g.fill();
      const x = (i) => (i + from) * s.binHz;
      curve(g, a, n - from, x, (i) => s.middleDecibels[i + from], ink.soft, 1);
      curve(g, a, n - from, x, (i) => s.selectedDecibels[i + from], ink.series[0], 2);
    });
    g.textAlign = 'right';
    g.textBaseline = 'top';
    g.fillStyle = ink.series[0];
    g.fillText(channelName(), a.right - 5, a.top + 4);
    g.fillStyle = ink.soft;
    g.fillText('band: 8 of 10 channels', a.right - 5, a.top + 5 + size * 1.2);
  },

  spectrogram(g, w, h, size, p) {
    const n = gram.data && gram.label === channelName() ? Math.min(gram.next - gram.first, gram.capacity) : 0;
    if (!n || !gram.bins) return message(g, w, h, seen.hello.rate ? 'after the first second' : 'a stream without a rate has no spectrogram');
    const from = gram.next - n, most = Math.min(gram.bins, Math.max(2, Math.round(80 / gram.binHz)));
    const known = [];
    for (let c = from; c < gram.next; c += 3) for (let b = 1; b < most; b += 2) {
      const v = gram.data[(c % gram.capacity) * gram.bins + b];
      if (Number.isFinite(v)) known.push(v);
    }
    known.sort((a, b) => a - b);
    const low = known[Math.floor(known.length * 0.05)], high = known[Math.floor(known.length * 0.98)];
    p.span = [low, high];
    const a = axes(g, w, h, size, { low: -gram.capacity * gram.columnSeconds, high: 0, name: 'time (s)' }, { low: 0, high: most * gram.binHz, name: 'frequency (Hz)' });
    if (!(high > low)) return;
    if (!p.image || p.image.width !== gram.capacity || p.image.height !== most) {
      p.image = element('canvas');
      p.image.width = gram.capacity;
      p.image.height = most;
    }
    const g2 = p.image.getContext('2d');
    const pixels = g2.createImageData(gram.capacity, most);
    for (let i = 0; i < n; i++) {
      const base = ((from + i) % gram.capacity) * gram.bins, x = gram.capacity - n + i;
      for (let b = 0; b < most; b++) {
        const v = gram.data[base + b];
        if (!Number.isFinite(v)) continue;
        const rgb = RAMP[Math.max(0, Math.min(255, Math.round((255 * (v - low)) / (high - low))))];
        const at = 4 * ((most - 1 - b) * gram.capacity + x);
        pixels.data[at] = rgb[0]; pixels.data[at + 1] = rgb[1]; pixels.data[at + 2] = rgb[2]; pixels.data[at + 3] = 255;
      }
    }
    g2.putImageData(pixels, 0, 0);
    g.imageSmoothingEnabled = false;
    g.drawImage(p.image, a.left, a.top, a.right - a.left, a.bottom - a.top);
  },

  evoked(g, w, h, size) {
    const e = seen.evoked;
    if (!e || !e.averages.length) return message(g, w, h, 'no marker with a whole window yet');
    const y = range(e.averages.flatMap((v) => [...v.mean]));
    if (!y) return message(g, w, h, 'the channel has no values');
    const n = e.averages[0].mean.length;
    const a = axes(g, w, h, size, { low: e.begin, high: e.begin + (n - 1) * e.step, name: 'time after the marker (s)' }, { ...y, name: channelName() + (e.unit ? ' (' + e.unit + ')' : '') });
    clipped(g, a, () => {
      g.fillStyle = ink.edge;
      g.fillRect(a.px(0), a.top, 1, a.bottom - a.top);
      g.fillRect(a.left, a.py(0), a.right - a.left, 1);
      e.averages.forEach((v, k) => {
        g.setLineDash(k < 3 ? [] : [6, 3]);
        curve(g, a, n, (i) => e.begin + i * e.step, (i) => v.mean[i], ink.series[k % 6], 1.8);
        g.setLineDash([]);
      });
    });
    g.textAlign = 'right';
    g.textBaseline = 'top';
    e.averages.forEach((v, k) => {
      g.fillStyle = ink.series[k % 6];
      g.fillText(v.label + ' (' + v.count + ')', a.right - 4, a.top + 3 + k * size * 1.2, (a.right - a.left) / 2);
    });
  },

  state(g, w, h, size) {
    const s = seen.state;
    const n = s ? s.trail.length / 2 : 0;
    if (!n) return message(g, w, h, 'no decoder runs in this session');
    const reach = Math.max(1e-9, Math.max(...s.trail.map(Math.abs)) + (s.major || 0)) * 1.08;
    const wide = Math.max(1, (w - size * 5.4) / Math.max(1, h - size * 3.7)), tall = Math.max(1, 1 / ((w - size * 5.4) / Math.max(1, h - size * 3.7)));
    const a = axes(g, w, h, size, { low: -reach * wide, high: reach * wide, name: s.nameX }, { low: -reach * tall, high: reach * tall, name: s.nameY });
    clipped(g, a, () => {
      curve(g, a, n, (i) => s.trail[2 * i], (i) => s.trail[2 * i + 1], ink.series[0], 1.5);
      const x = s.trail[2 * n - 2], y = s.trail[2 * n - 1], scale = a.px(1) - a.px(0);
      g.fillStyle = ink.series[1];
      g.beginPath(); g.arc(a.px(x), a.py(y), 4, 0, 7); g.fill();
      if (s.major > 0) {
        g.strokeStyle = ink.series[1];
        g.lineWidth = 2;
        g.beginPath();
        g.ellipse(a.px(x), a.py(y), s.major * scale, Math.max(0.5, s.minor * scale), -s.angle, 0, 7);
        g.stroke();
        g.lineWidth = 1;
      }
    });
  },

  health(g, w, h, size) {
    const v = seen.health;
    if (!v) return message(g, w, h, 'nothing yet');
    const lines = [`${digits(v.rate)} rows a second, ${v.rows} rows, ${v.lost} lost`, `${v.laps} overtaken, ${v.late} late, silent ${v.silences} times`]
      .concat(v.latencies.map((l) => `${l.name}: median ${millis(l.p50)}, p99 ${millis(l.p99)}, longest ${millis(l.max)}`));
    g.textAlign = 'left';
    g.textBaseline = 'top';
    lines.forEach((line, i) => {
      g.fillStyle = v.lost > 0 && i === 0 ? ink.bad : ink.text;
      g.fillText(line, 8, 4 + i * size * 1.4, w - 14);
    });
    const top = 10 + lines.length * size * 1.4;
    const y = range([0, ...v.secondRows], 0.08);
    if (h - top < size * 6 || !v.secondRows.length || !y) return;
    g.save();
    g.translate(0, top);
    const a = axes(g, w, h - top, size, { low: -60, high: 0, name: 'time (s)' }, { low: 0, high: y.high, name: 'rows a second' });
    const n = v.secondRows.length;
    curve(g, a, n, (i) => i - n + 1, (i) => v.secondRows[i], ink.series[0], 2);
    g.fillStyle = ink.bad;
    v.secondLost.forEach((lost, i) => { if (lost > 0) g.fillRect(a.px(i - n + 1) - 1.5, a.top, 3, a.bottom - a.top); });
    g.restore();
  },

  ranking(g, w, h, size) {
    const r = seen.ranking;
    if (!r || !r.answers.length) return message(g, w, h, 'no answers in this session');
    g.textAlign = 'left';
    g.textBaseline = 'middle';
    g.fillStyle = ink.text;
    g.fillText(r.headline, 8, size, w - 14);
    const tall = Math.min(size * 3.4, (h - size * 2) / r.answers.length), left = w * 0.42;
    r.answers.forEach((a, i) => {
      const y = size * 2 + i * tall;
      const image = a.picture ? picture(a.picture, 'ranking') : null;
      if (image) g.drawImage(image, 6, y + 1, tall - 2, tall - 2);
      g.fillStyle = ink.text;
      g.fillText(a.name, image || a.picture ? tall + 10 : 8, y + tall / 2, left - tall - 14);
      g.fillStyle = ink.series[0];
      g.fillRect(left, y + tall * 0.2, a.probability * (w - left - size * 4.5), tall * 0.6);
      g.fillStyle = ink.text;
      g.fillText((100 * a.probability).toFixed(1) + ' %', left + a.probability * (w - left - size * 4.5) + 5, y + tall / 2);
    });
    if (r.threshold !== null) { g.fillStyle = ink.series[1]; g.fillRect(left + r.threshold * (w - left - size * 4.5), size * 2, 2, r.answers.length * tall); }
  },

  pictures(g, w, h, size) {
    const all = seen.pictures ? seen.pictures.pictures : [];
    if (!all.length) return message(g, w, h, 'no images in this session');
    const across = Math.max(1, Math.min(all.length, Math.ceil(Math.sqrt((all.length * w) / h)))), down = Math.ceil(all.length / across);
    const cw = w / across, ch = h / down, side = Math.max(8, Math.min(cw - 8, ch - size * 1.8));
    g.textAlign = 'center';
    g.textBaseline = 'top';
    all.forEach((one, i) => {
      const x = (i % across) * cw + cw / 2, y = Math.floor(i / across) * ch + 4;
      const image = picture(one.picture, 'pictures');
      if (image) g.drawImage(image, x - side / 2, y, side, side);
      g.fillStyle = ink.soft;
      g.fillText(one.window, x, y + side + 2, cw - 6);
    });
  },
};

function trace(g, s, middle, tall, begin, px, color, bottom) {
  const c = signals.columns, low = signals.low[s], high = signals.high[s], centre = signals.centre[s];
  const scale = ((tall / 2) * view.gain) / (signals.half[s] || 1);
  g.strokeStyle = color;
  g.beginPath();
  let open = false;
  for (let column = Math.max(0, begin); column <= signals.newest; column++) {
    const slot = column % c, l = low[slot], u = high[slot];
    if (!(l <= u) || signals.flags[slot] & 2) { open = false; if (!(l <= u)) continue; }
    const x = px(column), top = Math.max(0, middle - (u - centre) * scale), end = Math.min(bottom, middle - (l - centre) * scale);
    if (open) g.lineTo(x, top); else g.moveTo(x, top);
    g.lineTo(x, Math.max(end, top + 0.5));
    open = true;
  }
  g.stroke();
}

const loaded = new Map();
function picture(number, key) {
  const known = loaded.get(number);
  if (known) return known.complete && known.naturalWidth ? known : null;
  if (loaded.size > 64) loaded.delete(loaded.keys().next().value);
  const image = new Image();
  image.onload = () => dirty(key);
  image.src = '/pictures/' + number;
  loaded.set(number, image);
  return null;
}

// ---- the same in words and in tables -------------------------------------------------------------------------------

/** Least and largest value of a signal in sight. */
function extremes(s) {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < signals.columns; i++) {
    if (signals.low[s][i] < low) low = signals.low[s][i];
    if (signals.high[s][i] > high) high = signals.high[s][i];
  }
  return low <= high ? [low, high] : [NaN, NaN];
}
function peak(s) {
  let at = -1;
  for (let i = 1; i < s.selectedDecibels.length; i++) if (at < 0 || s.selectedDecibels[i] > s.selectedDecibels[at]) at = i;
  return at < 0 ? null : [at * s.binHz, s.selectedDecibels[at]];
}
function largest(a) {
  let at = 0;
  for (let i = 1; i < a.mean.length; i++) if (Math.abs(a.mean[i]) > Math.abs(a.mean[at])) at = i;
  return [seen.evoked.begin + at * seen.evoked.step, a.mean[at]];
}

const NOTES = {
  signals: () => `${signals.n ? view.page + 1 : 0} to ${Math.min(signals.n, view.page + view.perPage)} of ${signals.n}; ${signals.gaps} gaps`,
  spectrum: () => channelName(),
  spectrogram: () => gram.label + (panels.get('spectrogram').span ? `, ${panels.get('spectrogram').span.map((v) => digits(v, 2)).join(' to ')} dB` : ''),
  evoked: () => (seen.evoked && seen.evoked.others ? seen.evoked.others + ' markers of further labels' : channelName()),
};

const WORDS = {
  signals() {
    if (signals.newest < 0) return 'waiting for rows';
    const name = seen.hello.signals[Math.min(view.selected, signals.n - 1)];
    const [low, high] = extremes(Math.min(view.selected, signals.n - 1));
    return `${signals.n} signals, the last ${digits(seen.hello.window)} seconds, channels ${view.page + 1} to ${Math.min(signals.n, view.page + view.perPage)} in sight. ` +
      `Selected ${name[0]}: from ${withUnit(low, name[1])} to ${withUnit(high, name[1])}. ${signals.marks.length} markers in sight, ${signals.gaps} gaps.`;
  },
  quality() {
    const all = seen.quality ? seen.quality.channels : [];
    if (!all.length) return 'unknown before the first second';
    const bad = all.filter((c) => c.state !== 'good');
    const own = all[view.selected];
    return `${all.length - bad.length} of ${all.length} channels are good` + (bad.length ? '; ' + bad.slice(0, 8).map((c) => c.label + ' ' + c.state).join(', ') + (bad.length > 8 ? ' and more' : '') : '') +
      `. Selected ${own.label}: ${own.state}, amplitude ${withUnit(own.amplitude, seen.quality.unit)}.`;
  },
  spectrum() {
    const p = seen.spectrum && peak(seen.spectrum);
    return p ? `${channelName()} is strongest at ${digits(p[0])} hertz with ${digits(p[1])} decibels; mean of ${seen.spectrum.segments} segments.` : 'nothing yet';
  },
  spectrogram: () => (gram.data ? `${gram.label}, the last ${digits(gram.capacity * gram.columnSeconds)} seconds, ${Math.min(gram.next - gram.first, gram.capacity)} columns.` : 'nothing yet'),
  evoked() {
    const all = seen.evoked ? seen.evoked.averages : [];
    return all.length ? `${channelName()}: ` + all.map((a) => { const [t, v] = largest(a); return `${a.label}, ${a.count} windows, largest ${withUnit(v, seen.evoked.unit)} at ${digits(t, 2)} seconds`; }).join('; ') + '.' : 'no marker with a whole window yet';
  },
  state() {
    const s = seen.state, n = s ? s.trail.length : 0;
    return n ? `${s.nameX} ${digits(s.trail[n - 2])}, ${s.nameY} ${digits(s.trail[n - 1])}, 95 percent ellipse with half axes ${digits(s.major)} and ${digits(s.minor)}; ${s.estimates} estimates.` : 'no decoder runs in this session';
  },
  health() {
    const v = seen.health;
    return v ? `${v.stale ? 'nothing comes now; ' : ''}${digits(v.rate)} rows a second, ${v.rows} rows, ${v.lost} lost. ` + v.latencies.map((l) => `${l.name} ${millis(l.p50)} median, ${millis(l.p99)} 99th percentile`).join('; ') : 'nothing yet';
  },
  ranking() {
    const r = seen.ranking;
    return r && r.answers.length ? r.headline + '. ' + r.answers.slice(0, 5).map((a) => `${a.name} ${(100 * a.probability).toFixed(1)} percent`).join(', ') : 'no answers in this session';
  },
  pictures() {
    const p = seen.pictures;
    return p && p.pictures.length ? `${p.made} images were made; the newest from ${p.pictures[0].window}` : 'no images in this session';
  },
};

const TABLES = {
  signals: () => [['Channel', 'Least', 'Largest', 'Unit', 'Row shows ±']].concat(seen.hello.signals.map(([name, unit], s) => {
    const [low, high] = extremes(s);
    return [name, digits(low), digits(high), unit, digits(signals.half[s] / view.gain)];
  })),
  quality: () => [['Channel', 'State', 'Amplitude' + (seen.quality && seen.quality.unit ? ' (' + seen.quality.unit + ')' : ''), 'Mains share', 'Missing share']]
    .concat((seen.quality ? seen.quality.channels : []).map((c) => [c.label, c.state, digits(c.amplitude), digits(c.line, 2), digits(c.missing, 2)])),
  spectrum() {
    const s = seen.spectrum, rows = [['Hertz', channelName() + ' (dB)', 'Middle channel (dB)']];
    if (s) for (let hz = 1; hz <= 60; hz += hz < 20 ? 1 : 5) { const i = Math.round(hz / s.binHz); if (i < s.middleDecibels.length) rows.push([hz, digits(s.selectedDecibels[i]), digits(s.middleDecibels[i])]); }
    return rows;
  },
  spectrogram() {
    const rows = [['Seconds', '4 Hz (dB)', '10 Hz (dB)', '20 Hz (dB)', '40 Hz (dB)']];
    for (let c = gram.next - 1; gram.data && c >= Math.max(gram.first, gram.next - gram.capacity); c -= 10) {
      rows.push([digits((c - gram.next + 1) * gram.columnSeconds), ...[4, 10, 20, 40].map((hz) => digits(gram.data[(c % gram.capacity) * gram.bins + Math.round(hz / gram.binHz)]))]);
    }
    return rows;
  },
  evoked: () => [['Marker', 'Windows', 'Largest', 'At (s)']].concat((seen.evoked ? seen.evoked.averages : []).map((a) => { const [t, v] = largest(a); return [a.label, a.count, withUnit(v, seen.evoked.unit), digits(t)]; })),
  state() {
    const s = seen.state, n = s ? s.trail.length : 0;
    return [['What', 'Value']].concat(n ? [[s.nameX, digits(s.trail[n - 2])], [s.nameY, digits(s.trail[n - 1])], ['half the longer axis', digits(s.major)], ['half the shorter axis', digits(s.minor)], ['estimates', s.estimates]] : []);
  },
  health() {
    const v = seen.health;
    return [['What', 'Median', '95 %', '99 %', 'Longest']].concat(v ? v.latencies.map((l) => [l.name, millis(l.p50), millis(l.p95), millis(l.p99), millis(l.max)]).concat([['rows', v.rows, '', '', ''], ['lost', v.lost, '', '', ''], ['silences', v.silences, '', '', '']]) : []);
  },
  ranking: () => [['Answer', 'Probability']].concat((seen.ranking ? seen.ranking.answers : []).map((a) => [a.name, (100 * a.probability).toFixed(1) + ' %'])),
  pictures: () => [['Made from', 'Age when told (s)']].concat((seen.pictures ? seen.pictures.pictures : []).map((p) => [p.window, digits(p.age)])),
};

// ---- begin ---------------------------------------------------------------------------------------------------------

history.replaceState(null, '', '/'); // the token is in the cookie now, and not in a bookmark
systemTheme();
new ResizeObserver(allDirty).observe(byId('panels'));
connect();
requestAnimationFrame(frame);
