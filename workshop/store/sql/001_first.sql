-- Workshops whole, as their frozen value; what rounds have published, as tables; what is still open, locked.
create table workshops (id integer, code varchar, sealed boolean, body varchar);

-- One row a phone: the tag its token hashes to, and two bits for this and for the last round. Nothing else.
create table seats (workshop integer, tag blob, bits utinyint);

-- Entries of open collections, encrypted and padded to one length; gone when the collection closes.
create table entries (collection varchar, tag blob, locked blob, release integer);

create table rounds (
    workshop integer, round integer, level varchar, k integer, day varchar, n integer, seats integer,
    releases integer, final boolean, then_now boolean
);
create table published (
    workshop integer, round integer, place integer, kind varchar, id varchar, n integer,
    bins varchar, counts integer[], release integer
);

-- Dark tables that are not revealed, locked under their round's own key.
create table veiled (workshop integer, round integer, locked blob);

-- Workshops that were forgotten, by number alone; the file still holds their bytes until it is rewritten.
create table forgotten (id integer, rewritten boolean);
