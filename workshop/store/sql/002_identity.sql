-- Which database this is: the folder of its keys names it, so that another database never takes them for its own.
create table identity (id varchar);
insert into identity values (uuid()::varchar);
