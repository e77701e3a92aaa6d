create table seed_log (
	seed_name text collate "C" not null,
	checksum text collate "C" not null,
	applied_at timestamptz not null,
	constraint seed_log_pk primary key (seed_name),
	constraint seed_log_checksum_form check (checksum ~ '^[0-9a-f]{64}$')
);
comment on table seed_log is 'Seeds that this database has taken in, each in one transaction.';
comment on column seed_log.checksum is 'SHA-256 of the seed''s files, hex.';

alter table seed_log enable row level security;
