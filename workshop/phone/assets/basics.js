// Words, elements, and what this phone keeps. ES2019, and nothing that needs https.
'use strict';
const root = document.documentElement;
root.className = 'js';
const byId = id => document.getElementById(id);
let page, words, state, draft, copy, main;

const fill = (text, slots) => text.replace(/\{(\w+)\}/g, (whole, name) => slots && name in slots ? slots[name] : whole);
const say = (key, slots) => fill(words[key], slots);

// make('button.box', 'Often', {click: f}): strings become text, never markup; functions listen.
function make(kind, inside, more) {
  const [tag, ...classes] = kind.split('.');
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(' ');
  node.append(...[].concat(inside || []));
  for (const name in more) {
    if (typeof more[name] === 'function') node.addEventListener(name, more[name]);
    else node.setAttribute(name, more[name]);
  }
  return node;
}
const button = (look, text, click) => make('button.' + look, text, {type: 'button', click});
const heading = text => make('h1', text, {tabindex: -1});
const p = (inside, look) => make(look ? 'p.' + look : 'p', inside);
const small = inside => make('small', inside);
const grow = () => make('div.grow');
const two = inside => make('div.links.bar.two', inside);

// Storage may be refused: then everything stays in memory, and the page says so.
const memory = {};
let refused = false;
const TWO_HOURS = 72e5, TWELVE_WEEKS = 72576e5;
const shelf = name => name === 'mine' ? sessionStorage : localStorage;
const prefix = () => 'bothand.' + page.code + '.';
function trying(act, otherwise) {
  try { return act(); } catch (error) { refused = true; return otherwise; }
}
function keep(name, value) {
  memory[name] = Object.assign(value, {t: Date.now()});
  trying(() => shelf(name).setItem(prefix() + name, JSON.stringify(value)));
}
const kept = name => trying(() => JSON.parse(shelf(name).getItem(prefix() + name))) || refused && memory[name] || null;
function erase(name) {
  delete memory[name];
  trying(() => shelf(name).removeItem(prefix() + name));
}
const names = () => trying(() => Object.keys(localStorage), []).filter(key => key.startsWith(prefix())).map(key => key.slice(prefix().length));
function eraseAll() {
  names().concat(Object.keys(memory), 'mine').forEach(erase);
  copy = null;
  draft = {a: {}, i: 0};
}
// At a visit: drafts of other rounds go, and of any room whatever was left lying for two hours.
function sweep() {
  trying(() => Object.keys(localStorage).filter(key => key.startsWith('bothand.')).forEach(key => {
    const age = Date.now() - JSON.parse(localStorage.getItem(key)).t;
    if (!(age < (key.endsWith('.kept') ? TWELVE_WEEKS : TWO_HOURS))) localStorage.removeItem(key);
  }));
  names().filter(name => name > 0 && +name !== state.round).forEach(erase);
}
