-- What is sent again after a lost answer is not booked twice: payments, facts, steps about idle land and notes bear the id that their writer gave them.

alter table supply_payment add column client_id text collate "C";
alter table supply_payment add constraint supply_payment_client_unique unique (zone_id, client_id);
alter table supply_payment add constraint supply_payment_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column supply_payment.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';

alter table supply_fact add column client_id text collate "C";
alter table supply_fact add constraint supply_fact_client_unique unique (zone_id, client_id);
alter table supply_fact add constraint supply_fact_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column supply_fact.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';

alter table idle_step add column client_id text collate "C";
alter table idle_step add constraint idle_step_client_unique unique (zone_id, client_id);
alter table idle_step add constraint idle_step_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column idle_step.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';

alter table land_note add column client_id text collate "C";
alter table land_note add constraint land_note_client_unique unique (zone_id, client_id);
alter table land_note add constraint land_note_client_form check (client_id ~ '^[0-9A-Za-z_-]{8,64}$');
comment on column land_note.client_id is 'Id that the writer gave it: sending twice makes one; null: recorded before there were any, or loaded.';

grant insert (client_id) on supply_payment, supply_fact, idle_step, land_note to yuantu_app;
