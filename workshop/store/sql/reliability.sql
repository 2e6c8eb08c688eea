-- One row a pole, over its shown items and the people who answered all of them: how many they are, the variances of
-- its items and of their sum, all times n (n - 1), so that they stay whole numbers: n sum(y^2) - sum(y)^2. An item
-- that is turned round varies as it did before. Read after scores.sql.
with whole as (
    select seat, pole, s from scores where a = m
),
item_spreads as (
    select pole, item, count(*) * sum(point * point) - sum(point) * sum(point) as spread
    from answers join items using (item) join whole using (seat, pole)
    where item in (select unnest($shown::integer[]))
    group by pole, item
),
pole_spreads as (
    select pole, count(*) as n, count(*) * sum(s * s) - sum(s) * sum(s) as spread from whole group by pole
)
select pole, n::integer, list(item_spreads.spread::bigint order by item), pole_spreads.spread::bigint
from pole_spreads join item_spreads using (pole)
group by pole, n, pole_spreads.spread
