-- One row a seat and pole: s and a of its 0-100 score 100 s / ((K - 1) a) over the shown items, of which a of m were
-- answered, and the class 0 to 4 of it.
-- 100 (sum of y - a) / ((K - 1) a) is compared with 12.5, 37.5, 62.5, 87.5 in whole numbers; people who answered
-- fewer than two thirds of the shown items have no score.
create or replace temp table scores as
with keyed as (
    select seat, pole, case when point = 0 then null when keyed = 1 then point else $points + 1 - point end as y
    from answers join items using (item)
    where item in (select unnest($shown::integer[]))
),
sums as (
    select seat, pole, count(*) as m, count(y) as a, sum(y - 1) as s
    from keyed
    group by seat, pole
    having count(y) > 0
)
select seat, pole, s, a, m,
       (200 * s >= 25 * ($points - 1) * a)::integer + (200 * s >= 75 * ($points - 1) * a)::integer
       + (200 * s >= 125 * ($points - 1) * a)::integer + (200 * s >= 175 * ($points - 1) * a)::integer as class
from sums
where 3 * a >= 2 * m
