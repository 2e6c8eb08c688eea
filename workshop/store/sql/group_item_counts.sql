-- People by raw point (0 = skipped), by item and by group (0 = none given).
select item, grp, point, count(*) as people
from answers
group by all
order by item, grp, point
