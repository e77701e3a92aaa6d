-- Codes of plots may change places in one list: that no two plots have one is asked at its end.

drop index plot_cadastral_code_unique;
alter table plot add constraint plot_cadastral_code_unique
	exclude using btree (zone_id with =, cadastral_code with =) where (cadastral_code is not null and withdrawn_at is null)
	deferrable initially immediate;
drop index plot_supervision_number_unique;
alter table plot add constraint plot_supervision_number_unique
	exclude using btree (zone_id with =, supervision_number with =) where (supervision_number is not null and withdrawn_at is null)
	deferrable initially immediate;
