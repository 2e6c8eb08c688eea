-- People by class of one pole's score, by group (0 = none given).
with groups as (
    select distinct seat, grp from answers
)
select grp, class, count(*) as people
from scores join groups using (seat)
where pole = $pole
group by all
order by grp, class
