-- What is recorded of a supply for the secondary market, for changes on land that is held, and what lists of many plots are read by.

alter table supply_fact drop constraint supply_fact_kind_known;
alter table supply_fact add constraint supply_fact_kind_known check (
	kind in (
		'progress', 'figures', 'pause', 'rent_review', 'indicator', 'assessment', 'exit', 'transfer', 'price',
		'certificate', 'transfer_terms', 'supplement'
	)
);
comment on table supply_fact is 'What is recorded of a supply beside the events that move it, by kind: progress of works, figures, pauses, rents set anew, indicators and assessments of the performance agreement 履约监管协议, exit, transfers and what is agreed of them, certificates, prices, supplements with prices paid on top 补地价. Append-only.';

create index supply_of_plot on supply (zone_id, plot_no, supply_no desc);
comment on index supply_of_plot is 'The newest supply of a plot.';
