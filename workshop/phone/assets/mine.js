// My page: made here from this phone's own copy, with words that came with this script.
const mine = (key, slots) => fill(texts.words[key], slots);
const lower = text => text[0].toLowerCase() + text.slice(1);
const within = name => texts.lower ? lower(name) : name;   // German keeps its capitals
const hue = pole => pole[0] === 'D' ? 'w' : 'c';
let middle = null, taken = [], compared, delivering = false, paint = () => {};
texts.rules.forEach(rule => document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length));

function bars({id, pole, p: height}) {
  const step = height === null ? 0 : 1 + Math.floor(height / 100 * (anchors().length - 1) + .5 + 1e-9);
  return make('li.facet.' + hue(pole), [make('span', texts.facets[id].name),
    make('span.soft', step ? lower(anchors()[step - 1]) : say('skipped')),
    make('span.five', anchors().map((word, n) => make(n < step ? 'i.on' : 'i')), {'aria-hidden': true})]);
}
const lights = (own, side) => [make('h3', mine(side)), make('ul', own.facets.filter(facet => facet.pole === side + 'L')
  .sort((a, b) => (b.p === null ? -1 : b.p) - (a.p === null ? -1 : a.p)).map(bars), {role: 'list'})];

function standing({D, I, sem, region, near}) {
  if (!texts.plane) return [];
  if (D === null || I === null) return [make('h2', mine('place')), p(mine('too_few'))];
  const name = region => region ? texts.regions[region].short : mine('both_short');
  const sentence = near.length > 1 ? mine('near_both')
    : near.length ? mine('near', {a: name(region), b: name(near[0])}) : (region ? texts.regions[region].name : mine('both')) + '.';
  const plane = make('div');
  plane.innerHTML = texts.plane;   // our own drawing, with nothing of anybody's in it
  const set = (what, places) => plane.querySelectorAll(what).forEach(one => { for (const key in places) one.setAttribute(key, places[key]); });
  set('svg[role]', {'aria-label': mine('place_label', {text: sentence})});
  set('circle', {cx: 3 * D, cy: 300 - 3 * I});
  set('.ring', {r: 3 * sem});
  if (middle) {
    const [[a, b], [c, d]] = middle;
    set('rect', {x: 3 * a, y: 300 - 3 * d, width: 3 * (b - a), height: 3 * (d - c)});
  }
  return [make('h2', mine('place')), plane, p(make('b', sentence), 'gap'), region ? p(texts.regions[region].text) : '',
    p(small(mine('ring', {n: page.items.length}) + (middle ? ' ' + mine('room_box') : '')))];
}

// Against the copy that was kept on purpose; of it only the direction may be told, and one may tell another: so what is
// told proves nothing of what was answered.
const picked = {};
function change(own) {
  const old = kept('kept');
  if (texts.team || !old || old.r >= copy.r || !own.sem) return [];
  const then = scored(old.a), ways = {};
  for (const side of ['D', 'I']) {
    if (then[side] === null || own[side] === null) return [];
    ways[side] = Math.abs(own[side] - then[side]) < 1.96 * Math.SQRT2 * own.sem ? 'same' : own[side] > then[side] ? 'up' : 'down';
  }
  const told = p(mine('direction_text'), 'soft');
  told.setAttribute('role', 'status');
  return [make('h2', mine('change')), ...copy.r === state.round && state.open.includes('directions')
    ? [...['D', 'I'].map(side => {
      const box = make('select', ['up', 'same', 'down'].map(way => make('option', mine(way), {value: way})),
        {input: () => { picked[side + copy.r] = ways[side] = box.value; }});
      box.value = ways[side] = picked[side + copy.r] || ways[side];
      return make('label', [mine(side), box]);
    }), button('box', mine('direction'), () => tell('direction', ways, told, 'direction_received')), told]
    : ['D', 'I'].map(side => p(mine('told', {name: mine(side), word: mine(ways[side])})))];
}
const tell = (what, body, told, received) => insist('PUT', '/rounds/' + state.round + '/' + what, body)
  .then(() => { told.textContent = mine(received); }, wrong => { told.textContent = wrong.message || ''; });

let typed = '';
function wordForm() {
  const field = make('input', '', {id: 'word', type: 'text', maxlength: 40, autocomplete: 'off', input: () => { typed = field.value; }});
  const told = make('p.soft.gap', '', {role: 'status'});
  field.value = typed;
  return make('form', [make('h2', mine('word')), p(mine('word_text')), make('label', mine('word_label'), {for: 'word'}), field,
    make('button.box', mine('word_send')), told], {submit: event => {
    event.preventDefault();
    if (field.value.trim()) tell('word', {text: field.value}, told, 'word_received');
  }});
}

// Every side can be tapped, the lowest are only put first: so what is tapped proves nothing of what was answered.
let widened = null;
function edges(own) {
  const rest = own.facets.filter(({id, pole}) => /L$/.test(pole) && !own.edges.includes(id)).map(facet => facet.id);
  const ids = own.edges.concat(rest), first = own.edges.length, now = copy.r === state.round, early = now && state.phase === 'answering';
  const step = p('', 'gap'), told = p('', 'soft'), boxes = ids.map(id => button('box', texts.facets[id].name, () => {
    copy.e = id;
    keep('mine', copy);
    paint();
    deliver();
  }));
  const more = button('box', mine('edge_more'), () => {
    widened = copy;
    more.replaceWith(...boxes.slice(first));
    boxes[first].focus();
  });
  paint = () => {
    const facet = texts.facets[copy.e];
    boxes.forEach((box, n) => box.setAttribute('aria-pressed', ids[n] === copy.e));
    step.textContent = facet ? mine('step', {practice: facet.practice}) : '';
    told.textContent = facet && copy.sent === copy.e ? mine('edge_received') : '';
  };
  paint();
  const wide = !first || widened === copy || rest.includes(copy.e);
  return [make('h2', mine('edge')), own.next ? p(mine('next_edge')) : '',
    p(mine(now && state.open.includes('edges') ? 'edge_text' : early ? 'edge_before' : 'edge_after')),
    make('div.gap', wide ? boxes : boxes.slice(0, first).concat(more)), make('div', [step, told], {role: 'status'})];
}
// Sends the tapped edge while the room collects them; a later tap waits its turn.
function deliver() {
  const chosen = copy && copy.e;
  if (delivering || !chosen || copy.sent === chosen || copy.r !== state.round || !state.open.includes('edges')) return;
  delivering = true;
  insist('PUT', '/rounds/' + copy.r + '/edge', {facet: chosen}).then(() => {
    delivering = false;
    if (!copy) return;
    copy.sent = chosen;
    keep('mine', copy);
    paint();
    deliver();
  }, wrong => {
    delivering = false;
    passing(wrong.message || '');
    look();
  });
}

function darks(own) {
  const all = own.facets.filter(facet => /^[DI]D$/.test(facet.pole) && facet.p !== null);
  if (texts.team || !all.length) return [];
  const signals = all.filter(facet => facet.p >= 50).sort((a, b) => b.p - a.p);
  const rest = all.filter(facet => facet.p < 50).map(facet => within(texts.facets[facet.id].name));
  return [make('h2', mine('dark')), p(mine(signals.length ? 'dark_text' : 'nothing'), 'gap')].concat(signals.map(facet => {
    const text = texts.facets[facet.id], helps = texts.facets[text.antidote];
    return make('div.dark.' + hue(facet.pole), [make('b', mine('told', {name: text.name, word: texts.tones[facet.p > 62.5 ? 'high' : 'middle']})),
      make('span', helps ? mine('helps', {name: within(helps.name)}) : ''), make('span.soft', text.practice)]);
  }), rest.length ? p(mine('less', {names: rest.join(', ')}), 'soft') : []);
}
function unfinished(own) {
  const all = own.facets.filter(facet => facet.pole[0] === 'R' && facet.p !== null && facet.p <= 50).map(facet => texts.facets[facet.id]);
  return all.length && !texts.team ? [make('h2', mine('unfinished')), p(mine('unfinished_text'))]
    .concat(all.map(text => p([make('b', text.name + '. '), text.prompt]))) : [];
}

// The small steps of the whole room, once it has seen them; people first.
const takings = () => taken.length ? [make('h2', mine('took'))].concat(taken.map(({facet, n}) => {
  const text = texts.facets[facet];
  return p([make('b', n + ' · ' + (text ? text.name : mine('rest')) + '. '), text ? text.practice : '']);
})) : [];

const scored = answers => profile(page.items, answers, anchors().length, page.form);
function minePage() {
  const own = scored(copy.a), {title, text, helpline, emergency} = texts.unsafe;
  const keeping = button('box', say('keep_copy'), () => { keep('kept', {r: copy.r, a: copy.a}); keeping.textContent = say('kept'); });
  return [make('div.bar.stick', [heading(mine('title')), button('box', say('hide'), hide)]),
    p(mine('only_here'), 'soft'), state.rehearsal ? p(mine('random')) : '', gather(), make('h2', mine('light'))].concat(
    lights(own, 'D'), lights(own, 'I'), standing(own), edges(own), takings(), darks(own), unfinished(own), change(own),
    make('section.note', [make('b', title), p(text), p(make('b', state.helpline || helpline), 'lines'), p(emergency)]),
    make('div.far.keep', [texts.team ? '' : keeping, button('box', say('print'), () => window.print())]),
    two(button('link', say('back_room'), () => { open = false; draw(); })), leaving());
}
// The room's middle half and its small steps, once the room has seen them.
function compare() {
  if (compared === state.version || !copy || state.phase !== 'review') return;
  compared = state.version;
  ask('GET', '/rounds/' + copy.r + '/shown').then(shown => {
    const seen = ['DL', 'IL'].map(id => (shown.poles.find(pole => pole.id === id) || {}).middle);
    middle = texts.plane && seen[0] && seen[1] ? seen : null;
    taken = (shown.edges || []).sort((a, b) => b.n - a.n);
    draw();
  }, () => {});
}
draw();
deliver();
