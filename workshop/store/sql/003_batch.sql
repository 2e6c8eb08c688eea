-- The number of the last batch of verbs that is in this file: tells after a commit that broke whether it holds.
create table batch (number bigint);
insert into batch values (0);
