-- People by raw point (0 = skipped), by item and by the release that took them in.
select item, release, point, count(*) as people
from answers
group by all
order by item, release, point
