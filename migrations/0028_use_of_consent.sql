-- A consent on the secondary market is used up by what was done by it; batches and programmes that are sent again are entered once.

alter table supply_fact drop constraint supply_fact_kind_known;
alter table supply_fact add constraint supply_fact_kind_known check (
	kind in (
		'progress', 'figures', 'pause', 'rent_review', 'indicator', 'assessment', 'exit', 'transfer', 'price',
		'certificate', 'transfer_terms', 'supplement', 'transfer_done'
	)
);
comment on table supply_fact is 'What is recorded of a supply beside the events that move it, by kind: progress of works, figures, pauses, rents set anew, indicators and assessments of the performance agreement 履约监管协议, exit, transfers, what is agreed of them and what was done by a consent, certificates, prices, supplements with prices paid on top 补地价. Append-only.';

alter table conversion_batch add column client_id text collate "C";
alter table conversion_batch add constraint conversion_batch_client_unique unique (zone_id, client_id);
alter table conversion_batch add constraint conversion_batch_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column conversion_batch.client_id is 'Id that the writer gave it: sending twice makes one; null: entered before there were any, or loaded.';
grant insert (client_id) on conversion_batch to yuantu_app;

alter table supply_programme add column client_id text collate "C";
alter table supply_programme add column user_id text collate "C" default current_user_id();
alter table supply_programme add constraint supply_programme_client_unique unique (zone_id, client_id);
alter table supply_programme add constraint supply_programme_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
alter table supply_programme add constraint supply_programme_user_fk foreign key (user_id) references app_user (user_id);
comment on column supply_programme.client_id is 'Id that the writer gave it: sending twice makes one; null: entered before there were any, or loaded.';
comment on column supply_programme.user_id is 'Account that entered it; null: loaded, or entered before it was kept.';
-- Whose it is, is not the writer's to say.
revoke insert on supply_programme from yuantu_app;
grant insert (zone_id, year, number, approved_on, source, is_synthetic, client_id) on supply_programme to yuantu_app;
