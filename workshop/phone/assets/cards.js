// The statements: their order on this phone, one card at a time, and sending.
const light = item => item.pole === 'DL' || item.pole === 'IL';
const peace = item => item.pole[0] === 'R';
let order, lit = false;

// Seeded (mulberry32), so that a reload keeps the order and a neighbour has another one.
function dice(seed) {
  return () => {
    seed = seed + 0x6D2B79F5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}
// Starts light, dark in the midst, ends on peace and then a light one.
function shuffled(items, seed) {
  const roll = dice(seed);
  const mix = list => {
    const deck = list.slice().sort((a, b) => a.id < b.id ? -1 : 1);
    for (let i = deck.length - 1; i > 0; i--) {
      const j = Math.floor(roll() * (i + 1));
      [deck[i], deck[j]] = [deck[j], deck[i]];
    }
    return deck;
  };
  const lights = mix(items.filter(light)), last = lights.pop(), half = Math.ceil(lights.length / 2);
  const midst = lights.slice(half).concat(items.filter(item => !light(item) && !peace(item)));
  return lights.slice(0, half).concat(mix(midst), mix(items.filter(peace)), last);
}
function cards() {
  const items = page.items;
  if (!order) {
    const seed = kept('seed') || {s: Math.random() * 4294967296 | 0};
    keep('seed', seed);
    order = shuffled(items, seed.s);
  }
  return order.concat(state.grouping ? {id: 'group', text: state.grouping.question, options: state.grouping.options} : []);
}
const anchors = card => card && card.options || page.anchors;
const spoken = card => draft.a[card.id] ? anchors(card)[draft.a[card.id] - 1] : say(card.options ? 'group_skip' : 'skipped');

const save = () => { if (state.phase === 'answering') keep(state.round, draft); };
function turn(change) {
  Object.assign(draft, change);
  save();
  draw();
}
// A tap counts a moment later, and what is tapped until the next card has stood for a moment is the same tap once more:
// none skips a statement, and none on the last one sends.
function rest(act) {
  lit = true;
  setTimeout(act, 250);
  setTimeout(() => { lit = false; }, 400);
}
document.addEventListener('click', event => {
  if (!lit || !main.contains(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

function choose(box, card, x) {
  for (const other of box.parentNode.children) other.setAttribute('aria-pressed', other === box);
  draft.a[card.id] = x;
  save();
  rest(forward);
}
function forward() {
  const end = draft.one || draft.i + 1 >= cards().length;
  turn(end ? {rev: 1, one: 0} : {i: draft.i + 1});
}
const skip = card => rest(() => { draft.a[card.id] = null; forward(); });
const back = () => rest(() => turn(draft.one ? {rev: 1, one: 0} : draft.i ? {i: draft.i - 1} : {began: 0}));

function card() {
  const all = cards(), n = all.length, i = Math.min(draft.i, n - 1), one = all[i];
  if (i > n - 3) prefetch();
  const line = make('i'), bar = make('div.thin', line, {
    role: 'progressbar', 'aria-label': say('progress', {i: i + 1, n}), 'aria-valuemin': 0, 'aria-valuemax': n, 'aria-valuenow': i + 1});
  line.style.width = 100 * i / n + '%';
  requestAnimationFrame(() => { line.style.width = 100 * (i + 1) / n + '%'; });
  const boxes = make('div', anchors(one).map((text, x) => {
    const box = button('box', text, () => choose(box, one, x + 1));
    box.setAttribute('aria-pressed', draft.a[one.id] === x + 1);
    return box;
  }), {role: 'group', 'aria-labelledby': 'q'});
  main.onkeydown = event => {
    const box = !event.repeat && boxes.children[event.key - 1];
    if (box) box.click();
  };
  return [bar, p(small(one.options ? '' : page.stem)), grow(), make('h1.q', one.text, {id: 'q', tabindex: -1}), grow(), boxes,
    make('div.links.bar.gap', [button('link', say('back'), back),
      button('link', say('stop'), () => rest(() => turn({rev: 1, stop: 1}))),
      button('link', say(one.options ? 'group_skip' : 'skip'), () => skip(one))])];
}

function review() {
  prefetch();
  const all = cards();
  return [heading(say('review')), p(say(draft.chg ? 'change_text' : draft.stop ? 'stopped_text' : 'review_text'), 'soft'),
    make('ul.gap', all.map((one, i) => make('li', make('button.row', [make('span', one.text), make('b', spoken(one))],
      {type: 'button', click: () => turn({i, one: 1, rev: 0})}))), {role: 'list'}),
    make('div.foot', [button('go', say('send'), send), two(draft.chg
      ? button('link', say('keep'), () => { erase(state.round); draft = {a: {}, i: 0}; draw(); })
      : button('link', say('back'), () => turn({rev: 0, stop: 0, i: Math.min(draft.i, all.length - 1)})))])];
}

function send() {
  notice = '';
  page.items.forEach(({id}) => {
    if (state.rehearsal) draft.a[id] = Math.ceil(Math.random() * anchors().length);
    else if (!draft.a[id]) draft.a[id] = null;
  });
  turn({out: 1});
  post();
}
let posting = false;
function post() {
  if (!draft.out || posting || !state.seat.joined || state.phase !== 'answering') return;
  posting = true;
  const {round, grouping} = state, {group, ...answers} = draft.a;
  insist('PUT', '/rounds/' + round + '/answers', {answers, group: group ? grouping.options[group - 1] : null}).then(() => {
    if (state.round !== round) return;
    state.seat.sent = true;
    settle(true);
  }, wrong => {
    // Refused for good: the state of the room says why, else the message does.
    notice = wrong.message || '';
    if (wrong.status !== 403) draft.out = 0;
    if (state.phase === 'answering') save();
  }).then(() => { posting = false; draw(); look(); });
}
const reopen = () => { draft = {a: copy && copy.r === state.round ? Object.assign({}, copy.a) : {}, i: 0, began: 1, rev: 1, chg: 1}; turn({}); };
function withdraw() {
  busy = 'taking';
  draw();
  insist('DELETE', '/rounds/' + state.round + '/answers').then(() => {
    state.seat.sent = false;
    copy = null;
    erase('mine');
    busy = 'taken';
  }, wrong => { notice = wrong.message || ''; busy = ''; }).then(() => { draw(); look(); });
}
