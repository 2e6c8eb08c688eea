// Which sentence this phone says now, and how it is drawn.
let busy = '', notice = '', texts, fetching = false;
let open = false, hidden = false, sure = null, drawn = '', where = '', passes, passed = '', calm, clocking;

// How many phones are here, where this phone may know, and the name that is on the screen in front too.
function heads() {
  const n = state.counts.joined, [before, after] = words[n ? 'same_room' : 'look_up'].split('{room}');
  return p(small([n ? say(n === 1 ? 'phones_one' : 'phones', {n}) : '', n ? make('br') : '', before, make('b', state.room_name), after]), 'mid');
}
const steps = () => make('ol.steps', ['next_1', 'next_2', 'next_3'].map(key => make('li', say(key, state.protection))));
const my = () => copy ? button('go', say('my_page'), openMine) : '';
const ask1 = (title, text, act) => button('link', say(title), () => { sure = {title, text, act}; draw(); });
const leaving = () => make('div.quiet.gap', [
  state.seals_on ? say('seals', {day: new Date(state.seals_on).toLocaleDateString(root.lang, {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'})}) : '',
  make('div.links.bar', [ask1('forget', 'forget_text', forget), ask1('next_person', 'next_person_text', nextPerson)]),
  make('a.link', say('how'), {href: '/j/' + page.code + '/how'})]);
// My page's words and what draws it come once, in one cached request, and never hold up Send.
function prefetch() {
  if (fetching) return;
  fetching = true;
  document.head.append(make('script', '', {src: page.mine, error: () => later(() => { fetching = false; prefetch(); }, 5000)}));
}
function openMine() {
  open = true;
  prefetch();
  draw();
}
const told = () => state.notice ? p(say(state.notice.split(':')[0], state.protection)) : '';
const gather = () => state.open.includes('words') && (texts ? wordForm() : prefetch()) || '';
function plainPage(key, ...more) {
  calm = ' calm';
  return [heading(say(key)), p(say(key + '_text')), ...more];
}

const views = {
  sealed: () => plainPage('sealed'),
  sure: () => [heading(say(sure.title)), p(say(sure.text)), grow(), button('go', say(sure.title), () => { const {act} = sure; sure = null; act(); }),
    two(button('link', say('cancel'), () => { sure = null; draw(); }))],
  hidden: () => [make('div.bar.stick', [heading(say('wait')), button('box', say('erase'), hide)]),
    p(say('hidden_text')), grow(), two(button('link', say('show'), () => { hidden = false; draw(); }))],
  forgetting: () => plainPage('forgetting'),
  forgotten: () => plainPage('forgotten', grow(), two(button('link', say('start_again'), () => location.reload()))),
  begin: () => [heading(say('begin')), p(say('begin_text')), p(state.protection.sentence), grow(), heads(),
    button('go.gap', say('begin_button'), () => turn({began: 1}))],
  card, review,
  sending: () => plainPage(trouble ? 'saved' : 'sending', grow(), trouble ? button('go', say('again'), nudge) : ''),
  received: () => plainPage('received', make('h2', say('next')), steps(), grow(), my(),
    p(small(say('still')), 'mid.gap'), two([button('link', say('change'), reopen), ask1('withdraw', 'withdraw_text', withdraw)]), leaving()),
  taking: () => plainPage('wait'),
  taken: () => plainPage('taken', grow(), button('go', say('answer_again'), () => { busy = ''; turn({began: 1, i: 0, rev: 0}); })),
  wait: () => plainPage('wait'),
  mine: () => minePage()
};
for (const key of ['mixed', 'counted', 'leftover', 'missed']) views[key] = () => plainPage(key, told(), gather(), grow(), my(), leaving());

function view() {
  if (over) return 'sealed';
  if (sure) return 'sure';
  if (/^forg/.test(busy)) return busy;
  if (hidden) return 'hidden';
  if (!state.seat.joined || state.phase === 'draft') return outside();
  if (open && copy) return texts ? 'mine' : 'wait';
  if (state.phase === 'lobby') return 'waiting';
  return state.phase === 'answering' ? answering() : state.seat.sent ? state.seat.frozen ? 'counted' : 'leftover' : 'missed';
}
// A page that was written for a phone inside cannot show the door: it is asked for anew.
function outside() {
  if (!page.limits) location.reload();
  if (state.phase === 'draft') return 'early';
  if (busy === 'joining') return busy;
  return !page.limits ? 'wait' : state.locked ? 'locked' : busy === 'full' ? busy : 'welcome';
}
function answering() {
  if (state.seat.frozen) return 'mixed';
  if (draft.out) return 'sending';
  if (busy === 'taking' || busy === 'taken') return busy;
  if (state.seat.sent && !draft.chg) return 'received';
  return draft.rev ? 'review' : draft.began ? 'card' : 'begin';
}

function draw() {
  const name = view();
  // A card stays as it is while others come and go: a thumb may be on it.
  const now = JSON.stringify([name, state.round, draft.i, draft.one, sure, name !== 'card' && [state.phase, state.open, state.counts.joined, trouble, copy && copy.r],
    /mine|counted|leftover|missed/.test(name) && (texts ? [middle, taken] : 0)]);
  byId('head').hidden = ['card', 'mine', 'hidden'].includes(name);
  notes(name);
  if (name === 'mine') compare();
  if (now === drawn) return clock();
  const moved = name !== where || name === 'card', first = !drawn, held = main.contains(document.activeElement);
  drawn = now;
  where = root.dataset.view = name;
  main.onkeydown = null;
  main.textContent = calm = '';
  main.append(...[].concat(...views[name]()));
  root.className = 'js' + (main.querySelector('h2') ? '' : calm);
  if (moved) window.scrollTo(0, 0);
  if (held || moved && (!first || name === 'card')) main.querySelector('h1').focus({preventScroll: true});
  clock();
}

// The quiet line at the top, and the clock of a round that is about to close.
function notes(name) {
  const text = notice || (name === 'sending' ? '' : misses > 1 || trouble ? say('offline') : passed || (refused && /card|review/.test(name) ? say('memory') : ''));
  if (byId('live').textContent !== text) byId('live').textContent = text;
}
function passing(text) {
  passed = text;
  clearTimeout(passes);
  passes = setTimeout(() => { passed = ''; draw(); }, 5000);
  draw();
}
function clock() {
  clearTimeout(clocking);
  const strip = byId('close'), waits = state.closing_at && /^(begin|card|review)$/.test(where);
  strip.hidden = !waits;
  byId('now').hidden = where === 'begin';
  const soon = waits ? say('closing_now') : '';
  if (byId('soon').textContent !== soon) byId('soon').textContent = soon;
  if (!waits || document.hidden) return;
  clocking = setTimeout(clock, 1000);
  const left = Math.ceil(state.closing_at - (Date.now() + skew) / 1000);
  byId('left').textContent = left > 0 ? say('closing', {n: left}) : say('closing_now');
  if (left < 0 && Date.now() - looked > 2000) look();
}

function hide() {
  if (hidden) {
    eraseAll();
    open = hidden = false;
  } else hidden = true;
  draw();
}
function forget() {
  eraseAll();
  keep('forget', {});
  open = false;
  passed = '';
  busy = 'forgetting';
  draw();
  const done = () => {
    erase('forget');
    state.seat = {joined: false, sent: false, frozen: false};
    busy = 'forgotten';
    draw();
  };
  insist('DELETE', '/seats').then(done, done);
}
function nextPerson() {
  eraseAll();
  const form = make('form', [make('input', '', {name: 'token', value: page.token}), make('input', '', {name: 'fresh', value: 1})],
    {method: 'post', action: '/j/' + page.code + '/join', hidden: ''});
  document.body.append(form);
  form.submit();
}

document.addEventListener('DOMContentLoaded', () => {
  main = byId('main');
  const inlined = id => JSON.parse(byId(id).textContent);
  page = inlined('page');
  words = page.words;
  const {items} = page;
  page.items = [];
  for (const pole in items) {
    for (const id in items[pole]) {
      page.items.push({id, text: items[pole][id] || document.getElementById(id).labels[0].textContent, pole, facet: id.slice(0, -1), keyed: page.reversed.includes(id) ? -1 : 1});
    }
  }
  const now = inlined('state');
  page.token = now.token;
  state = now.state;
  sweep();
  draft = kept(state.round) || {a: {}, i: 0};
  copy = kept('mine');
  adopt(state);
  // Made here, not on the page: text browsers show what is hidden, and there it would be the first stop, and dead.
  byId('close').append(make('button.box', say('send_now'), {type: 'button', id: 'now', click: () => { if (!draft.out) send(); }}));
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && (hidden || /card|review|mine/.test(where))) hide(); });
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('pageshow', event => { if (event.persisted) wake(); });
  window.addEventListener('online', wake);
  // Two tabs are one phone: what the one has written or sent, the other takes over.
  window.addEventListener('storage', ({key, newValue}) => {
    if (key !== prefix() + state.round) return;
    draft = kept(state.round) || {a: {}, i: 0};
    newValue ? draw() : look();
  });
  draw();
  looked = Date.now();
  if (kept('forget')) forget();
  listen();
  beat();
  post();
  if (copy) prefetch();
});
