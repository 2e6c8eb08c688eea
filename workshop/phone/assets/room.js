// Following the room: server-sent events, polling where they fail, and requests that do not give up.
let over = false, misses = 0, trouble = false, skew = 0;
let stream, looking = false, again = false, looked = 0, slept = 0, beats = 0, beating, soon = 0;

// Whoever looks on sees lengths even where a line is encrypted: what is sent is as long as anything else, in bytes.
const evened = (path, text) => text.padEnd(1200 - path.length - new Blob([text]).size + text.length);
function ask(method, path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 15000);
  return fetch('/api/workshops/' + page.code + path, {
    method, signal: stop.signal, cache: 'no-store', credentials: 'same-origin',
    headers: body ? {'Content-Type': 'application/json'} : {}, body: body && evened(path, JSON.stringify(body))
  }).then(reply => reply.text().then(text => {
    clearTimeout(timer);
    let json = {};
    try { json = JSON.parse(text); } catch (error) { /* a proxy's page, or nothing */ }
    if (!reply.ok) throw Object.assign({status: reply.status}, json.error);
    return json;
  }));
}

// What has to arrive is tried again after 1 to 30 s with jitter, and at once when the connection is back.
const queue = new Set();
function later(act, ms) {
  const go = () => { clearTimeout(timer); queue.delete(go); act(); };
  const timer = setTimeout(go, ms);
  queue.add(go);
}
const nudge = () => queue.forEach(go => go());

function insist(method, path, body) {
  let tries = 0;
  return new Promise((done, fail) => {
    const attempt = () => ask(method, path, body).then(json => { trouble = false; done(json); }, wrong => {
      if (wrong.status < 500 && wrong.status !== 429) { trouble = false; return fail(wrong); }
      trouble = true;
      draw();
      later(attempt, Math.min(30, 2 ** tries++) * (500 + 500 * Math.random()));
    });
    attempt();
  });
}

function adopt(fresh) {
  const before = state;
  state = fresh;
  skew = fresh.now * 1000 - Date.now();
  if (before.round !== fresh.round) {
    erase(before.round);
    open = false;
    draft = kept(fresh.round) || {a: {}, i: 0};
  }
  if (fresh.phase !== 'answering' || fresh.seat.frozen) settle();
  // This page was written for another room than the one that opened: get it anew.
  if (before.phase === 'draft' && fresh.phase !== 'draft' || !fresh.seat.joined && before.protection.level !== fresh.protection.level) location.reload();
}

// The draft has done its service: what was in it stays as the copy for My page, in this tab only.
function settle(received) {
  if (Object.keys(draft.a).length && (received || !draft.chg)) {
    copy = {r: state.round, a: draft.a};
    keep('mine', copy);
  }
  erase(state.round);
  draft = {a: {}, i: 0};
}

function look() {
  clearTimeout(soon);
  soon = 0;
  if (over) return;
  if (looking) { again = true; return; }
  looking = true;
  ask('GET', '?for=phone').then(fresh => {
    looked = Date.now();
    if (misses > 1) passing(say('online'));
    misses = 0;
    if (trouble) nudge();
    adopt(fresh);
  }, wrong => {
    if (wrong.status === 404 || wrong.status === 410) leave();
    else misses++;
  }).then(() => {
    looking = false;
    draw();
    if (again) { again = false; look(); }
  });
}

function leave() {
  over = true;
  eraseAll();
  if (stream) stream.close();
}

function listen() {
  if (stream) stream.close();
  if (!window.EventSource || over) return;
  stream = new EventSource('/api/workshops/' + page.code + '/events?for=phone');
  stream.addEventListener('open', () => { if (trouble || misses) look(); });
  stream.addEventListener('state', event => { if (JSON.parse(event.data).version !== state.version) hear(); });
}
// A whole room hears of a change in the same moment, so each phone asks within a second of its own; asleep, not at all.
const hear = () => { if (!soon && !document.hidden) soon = setTimeout(look, 900 * Math.random()); };
const hears = () => stream && stream.readyState === 1;

// Asleep nothing beats; waking starts it again.
function beat() {
  clearTimeout(beating);
  beating = setTimeout(tick, 4000 + 2000 * Math.random());
}
function tick() {
  if (document.hidden || over) return;
  if (!hears() || misses || Date.now() - looked > 60000) look();
  if (stream && stream.readyState === 2 && ++beats % 6 === 0) listen();
  beat();
}

function wake() {
  if (document.hidden) { slept = Date.now(); clearTimeout(beating); soon = clearTimeout(soon); return; }
  look();
  if (!hears() || Date.now() - slept > 20000) listen();
  nudge();
  beat();
}
