// What one set of answers says, computed on this phone; workshop/scoring.py says the same. In whole steps, so that a
// score of 50 or 62.5 is on the line and not beside it.
const LIGHT_LINE = 62.5, SHADOW_LINE = 50;
function profile(items, answers, points, form) {
  const step = item => answers[item.id] ? (item.keyed > 0 ? answers[item.id] : points + 1 - answers[item.id]) - 1 : null;
  const mean = steps => {
    const had = steps.filter(one => one !== null);
    return had.length && had.length >= Math.ceil(2 * steps.length / 3)
      ? 100 * had.reduce((a, b) => a + b) / ((points - 1) * had.length) : null;
  };
  const of = (what, id) => items.filter(item => item[what] === id).map(step);
  const facets = [...new Set(items.map(item => item.facet))].map(id => ({
    id, pole: items.find(item => item.facet === id).pole, p: mean(of('facet', id))}));
  const shadow = side => mean(of('pole', side + 'D').concat(of('pole', 'R' + side).map(one => one === null ? one : points - 1 - one)));
  const D = mean(of('pole', 'DL')), I = mean(of('pole', 'IL')), sem = {standard: 7.5, deep: 5}[form];
  const low = facets.filter(facet => /L$/.test(facet.pole) && facet.p !== null).sort((a, b) => a.p - b.p);
  const next = low.length > 0 && low[0].p > 50;
  return {facets, D, I, sem, next, edges: low.filter(facet => next || facet.p <= 50).slice(0, 3).map(facet => facet.id),
    ...placed(D, I, [shadow('D'), shadow('I')], sem)};
}
function placed(D, I, shadows, sem) {
  if (D === null || I === null) return {region: null, near: []};
  const dark = shadows.some(s => s !== null && s >= SHADOW_LINE) ? 'something_unsettled' : shadows.includes(null) ? null : 'moving_toward_interdependence';
  const named = (leans, stands) => leans ? stands ? dark : 'leaning_on_others' : stands ? 'standing_alone' : 'finding_footing';
  const off = height => Math.round(1e9 * Math.abs(height - LIGHT_LINE)) / 1e9;   // of 7 points a step is no binary fraction
  const leans = D >= LIGHT_LINE, stands = I >= LIGHT_LINE, d = off(D), i = off(I);
  const across = [[d, !leans, stands], [i, leans, !stands]].filter(line => line[0] < sem).sort((a, b) => a[0] - b[0]);
  if (across.length > 1) across.push([0, !leans, !stands]);
  return {region: named(leans, stands), near: across.map(line => named(line[1], line[2]))};
}
