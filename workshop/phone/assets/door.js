// Before the first statement: only pages without the form carry this, so that those with it stay small.
const joinButton = text => button('go', text, () => {
  busy = 'joining';
  draw();
  insist('POST', '/seats').then(() => ask('GET', '?for=phone')).then(now => {
    adopt(now);
    busy = '';
    notice = now.seat.joined ? '' : say('cookies');
    draw();
    post();
  }, wrong => {
    busy = wrong.code === 'room_full' ? 'full' : '';
    notice = busy ? '' : wrong.message || '';
    draw();
    look();
  });
});
Object.assign(views, {
  early: () => plainPage('early', p(say('follows')), grow(), heads()),
  welcome: () => [heading(state.title), p(page.intro, 'soft'),
    make('ol.steps', page.promise.map(text => make('li', text))), grow(), joinButton(say('join')),
    make('details', [make('summary', say('how')), make('div.note', page.limits.map(text => p(text)))]), heads()],
  joining: () => plainPage('wait'),
  locked: () => plainPage('locked', grow(), joinButton(say('again'))),
  full: () => plainPage('full', grow(), joinButton(say('again'))),
  waiting: () => plainPage('waiting', p(say('follows')), told(), grow(), heads(), my(), leaving())
});
