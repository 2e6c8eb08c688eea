-- One pole, people who answered all its items: answers and the people who gave them, by keyed class.
with keyed as (
    select answers.seat, answers.item,
           case when point = 0 then null when keyed = 1 then point else $points + 1 - point end as y
    from answers join items using (item)
    where pole = $pole
),
complete as (
    select seat from keyed group by seat having count(y) = count(*)
),
classed as (
    select seat, case when y <= 2 then 'low' when y > $points - 2 then 'high' else 'mid' end as class
    from keyed semi join complete using (seat)
)
select count(distinct seat),
       count(*) filter (class = 'low'), count(*) filter (class = 'mid'), count(*) filter (class = 'high'),
       count(distinct seat) filter (class = 'low'), count(distinct seat) filter (class = 'mid'),
       count(distinct seat) filter (class = 'high'),
       count(distinct seat) filter (class in ('low', 'mid')), count(distinct seat) filter (class in ('mid', 'high'))
from classed
