// The projector's page: it follows the room and draws what the room may see. Nothing here can be pressed, nothing is
// ever cleared before its successor is ready, and when the room cannot be reached the last picture stays.
"use strict";
(() => {
  const page = document.documentElement;
  const room = `/api/workshops/${page.dataset.code}`;
  const part = id => document.getElementById(id);
  const POLL = 5000, REST = 60000, SLEPT = 15000, AWAY = 6000, PATIENCE = 8000;
  const SIZES = ["", "long", "longest"];

  // ---- small pieces

  const el = (name, style) => Object.assign(document.createElement(name), {className: style || ""});
  const say = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const sign = name => part(`sign-${name}`).content.firstElementChild.cloneNode(true);
  const svg = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const code = square => {
    const node = svg("svg", {class: "qr", viewBox: `0 0 ${square.size} ${square.size}`, role: "img",
                             "aria-label": page.dataset.qr});
    node.append(svg("path", {d: square.d}));
    return node;
  };
  const seen = new Map();
  const changed = (name, value) => {
    const text = JSON.stringify(value);
    return seen.get(name) !== text && Boolean(seen.set(name, text));
  };

  // ---- time: the server's clock, so that all screens show the same second

  let ahead = 0;
  let clocks = [];
  const left = ends => Math.max(0, Math.ceil((ends * 1000 - Date.now() - ahead) / 1000));
  const minutes = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const tick = () => clocks.forEach(clock => clock());

  // ---- blocks: each kind is made once and then only set anew, so that nothing blinks

  const makers = {
    text() {
      const node = el("p"), strong = el("b"), rest = document.createTextNode("");
      node.append(strong, rest);
      return {node, set(block) { node.className = block.style; say(strong, block.strong); say(rest, block.text); }};
    },
    qr() {
      const node = el("div");
      return {node, set(block) { node.replaceChildren(code(block)); }};
    },
    mark() { return {node: sign("mark"), set() {}}; },
    rule() { return {node: el("hr"), set() {}}; },
    timer() {
      const node = el("div", "timer"), clock = el("p", "clock"), said = el("p", "said"), track = el("div", "track");
      const bar = track.appendChild(el("i"));
      node.append(clock, said, track);
      return {node, set(block) {
        clocks.push(() => {
          const seconds = left(block.ends);
          say(clock, minutes(seconds));
          say(said, seconds || !block.over ? block.text : block.over);
          track.hidden = !block.seconds;
          if (block.seconds) bar.style.width = `${Math.min(100, 100 * seconds / block.seconds).toFixed(2)}%`;
        });
      }};
    },
    count() {
      const node = el("p", "count"), n = el("b"), of = document.createTextNode("");
      node.append(n, of);
      return {node, set(block) { say(n, String(block.n)); say(of, block.of); }};
    },
    track() {
      const node = el("div", "track"), bar = node.appendChild(el("i"));
      return {node, set(block) { bar.style.width = `${100 * block.share}%`; }};
    },
    words() {
      const node = el("div");
      return {node, set(block) {
        node.replaceChildren(...block.words.map(word => Object.assign(el("span", "word"), {textContent: word})));
      }};
    },
  };

  let made = [];
  const scene = view => {
    const shape = [view.layout, view.columns.map(column => column.map(block => block.kind))];
    if (changed("shape", shape)) {
      made = view.columns.map(column => column.map(block => makers[block.kind]()));
      part("scene").className = view.layout;
      part("scene").replaceChildren(...made.map(column => {
        const node = el("div");
        node.append(...column.map(one => one.node));
        return node;
      }));
    }
    clocks = [];
    view.columns.forEach((column, at) => column.forEach((block, row) => made[at][row].set(block)));
    tick();
  };

  const corner = where => {
    const node = part("corner"), text = el("div");
    node.className = where.large ? "corner large" : "corner";
    if (where.room) text.append(Object.assign(el("b"), {textContent: where.room}));
    if (where.code) text.append(where.code);
    if (where.rehearsal) text.append(Object.assign(el("div", "rehearsal"), {textContent: where.rehearsal}));
    node.replaceChildren(text, where.qr ? code(where.qr) : sign("mark"));
  };

  // A headline takes the largest size in which it stays on one line beside the corner.
  const fit = node => SIZES.some(size => {
    node.className = size;
    return node.offsetHeight < 1.6 * parseFloat(getComputedStyle(node).fontSize);
  });

  const notes = list => part("notes").replaceChildren(...list.map(one => {
    const node = el("span", "note");
    if (one.sign) node.append(one.sign === "less" ? sign("less") : el("i", `swatch ${one.sign}`));
    node.append(one.text);
    return node;
  }));

  const table = body => {
    const row = (cells, name) => {
      const node = el("tr");
      node.append(...cells.map(cell => Object.assign(el(name), {textContent: cell})));
      return node;
    };
    const node = el("table");
    if (body) node.append(row(body.columns, "th"), ...body.rows.map(cells => row(cells, "td")));
    part("table").replaceChildren(...(body ? [node] : []));
  };

  // ---- the picture: one plot node for ever; Plotly moves what it holds

  // What can be told apart before and after a change glides from where it is seen to where it belongs: bars and text
  // that Plotly has kept, badges by name. One clock moves all of it, so that no count leaves its bar.

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const GLIDE = 400;
  const NUMBERS = /-?[\d.]+/g;
  const outline = node => ({node, d: node.getAttribute("d")});
  const letters = node => {
    const [dx, dy] = (node.getAttribute("transform") || "").match(NUMBERS) || [0, 0];
    return {node, x: Number(node.getAttribute("x")) + Number(dx), y: Number(node.getAttribute("y")) + Number(dy)};
  };
  const marks = () => {
    const found = new Map(), plot = part("plot");
    for (const node of plot.querySelectorAll(".textpoint text")) found.set(node, letters(node));
    for (const node of plot.querySelectorAll(".bars path")) found.set(node, outline(node));
    ((plot.layout || {}).shapes || []).forEach((shape, index) => {
      const node = shape.name.startsWith("badge ") && plot.querySelector(`path[data-index="${index}"]`);
      if (node) found.set(shape.name, outline(node));
    });
    return found;
  };
  const between = (from, to, share) => Number((from + (to - from) * share).toFixed(2));  // arc flags stay 0 and 1
  const bend = (then, now) => {
    const from = then.d.match(NUMBERS).map(Number), to = now.d.match(NUMBERS).map(Number);
    if (then.d.replace(NUMBERS, "") !== now.d.replace(NUMBERS, "")) return () => {};
    return share => {
      let at = -1;
      now.node.setAttribute("d", share < 1 ? now.d.replace(NUMBERS, () => between(from[++at], to[at], share))
                                           : now.d);
    };
  };
  const shift = (then, now) => share => {
    if (share < 1) now.node.setAttribute("transform", `translate(${between(then.x - now.x, 0, share)},${
      between(then.y - now.y, 0, share)})`);
    else now.node.removeAttribute("transform");
  };
  const moved = (then, now) => then && (then.d !== now.d || then.x !== now.x || then.y !== now.y);

  let frame = 0;
  const glide = before => {
    const moves = [];
    for (const [key, now] of marks()) {
      if (moved(before.get(key), now)) moves.push((now.d ? bend : shift)(before.get(key), now));
    }
    const start = performance.now();
    const step = () => {
      const time = Math.min(1, (performance.now() - start) / GLIDE);
      moves.forEach(move => move(1 - (1 - time) ** 3));
      if (time < 1) frame = requestAnimationFrame(step);
    };
    step();
  };
  const settle = () => {
    cancelAnimationFrame(frame);
    for (const node of part("plot").querySelectorAll("text[transform]")) node.removeAttribute("transform");
  };

  let drawn = "";
  const draw = async (figure, place) => {
    if (!changed("figure", figure)) return;
    const before = place === drawn && !calm.matches ? marks() : new Map();
    drawn = place;
    settle();
    try {
      const done = Plotly.react(part("plot"), figure.data, figure.layout, figure.config);
      if (before.size) glide(before);  // it has redrawn by now: no frame may show the end before the way there
      await done;
    } catch (error) {
      seen.delete("figure");
      throw error;
    }
    for (const sheet of part("plot").querySelectorAll(".main-svg")) {
      sheet.setAttribute("viewBox", `0 0 ${figure.layout.width} ${figure.layout.height}`);
    }
  };

  const show = async body => {
    if (body.figure) await draw(body.figure, `${body.scene.id} ${body.step}`);
    page.classList.toggle("blank", body.blank);
    if (body.blank) return;
    say(part("headline"), body.headline);
    say(part("source"), body.source);
    part("plot").setAttribute("aria-label", body.text);
    part("plot").hidden = !body.figure;
    part("scene").hidden = Boolean(body.figure);
    if (changed("corner", body.view.corner)) corner(body.view.corner);
    fit(part("headline"));
    if (changed("notes", body.view.foot)) notes(body.view.foot);
    if (changed("table", body.table)) table(body.table);
    scene(body.view);
  };

  const gone = () => ({
    blank: false, headline: page.dataset.gone, source: "", text: page.dataset.gone, figure: null, table: null,
    view: {layout: "wait", columns: [[{kind: "mark"}]], foot: [],
           corner: {room: "", code: "", qr: null, rehearsal: "", large: false}},
  });

  // ---- following the room: events say that something is new, the content is fetched

  let tag = null, busy = false, again = false, ended = false, heard = Date.now(), stream = null;
  const reached = () => { heard = Date.now(); page.classList.remove("away"); };

  const answer = async reply => {
    reached();
    if (reply.status === 200) {
      const body = await reply.json();
      ahead = body.now * 1000 - Date.now();
      await show(body);
      tag = reply.headers.get("ETag");
      ended = false;
    } else if (reply.status === 410 || reply.status === 404) {
      ended = true;
      tag = null;
      await show(gone());
    }
  };

  const look = async () => {
    if (busy) { again = true; return; }
    busy = true;
    const waiting = new AbortController();
    const clock = setTimeout(() => waiting.abort(), PATIENCE);
    try {
      await answer(await fetch(`${room}/stage?theme=${page.dataset.theme}`, {
        headers: tag ? {"If-None-Match": tag} : {}, cache: "no-store", signal: waiting.signal}));
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) console.warn(error);
    } finally {
      clearTimeout(clock);
      busy = false;
      if (again) { again = false; look(); }
    }
  };

  const follow = () => {
    if (stream) stream.close();
    stream = new EventSource(`${room}/events`);
    stream.addEventListener("stage", () => { reached(); look(); });
  };

  let woke = Date.now(), beat = 0;
  const watch = () => {
    const now = Date.now(), slept = now - woke > SLEPT;
    woke = now;
    beat += 1;
    if (ended && beat % (REST / POLL)) return;
    if (slept || stream.readyState === EventSource.CLOSED) follow();
    if (slept || stream.readyState !== EventSource.OPEN || beat % 6 === 0) look();
    page.classList.toggle("away", !ended && now - heard > AWAY && stream.readyState !== EventSource.OPEN);
  };

  look();
  follow();
  document.fonts.ready.then(() => fit(part("headline")));
  setInterval(watch, POLL);
  setInterval(tick, 200);
  addEventListener("online", () => { follow(); look(); });
  addEventListener("pageshow", event => { if (event.persisted) { follow(); look(); } });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();
