-- What the public may know of the past is what public revisions show: of lineage and changes too. The policies on parcel and revision
-- hold inside these, so that a revision that is withdrawn, or a class that is not published, takes with it what hangs on it alone.

drop policy parcel_change_select on parcel_change;
create policy parcel_change_select on parcel_change for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and (viewer_rank() = 3 or (
			exists (
				select from parcel p
				where p.zone_id = parcel_change.zone_id and p.coverage_id = parcel_change.coverage_id
					and p.parcel_no = parcel_change.parcel_no and p.version = parcel_change.version)
			and exists (
				select from revision r
				where r.zone_id = parcel_change.zone_id and r.coverage_id = parcel_change.coverage_id
					and r.revision >= parcel_change.revision)))
	);
drop policy parcel_lineage_select on parcel_lineage;
create policy parcel_lineage_select on parcel_lineage for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id()
		and (viewer_rank() = 3 or (
			exists (
				select from parcel p
				where p.zone_id = parcel_lineage.zone_id and p.coverage_id = parcel_lineage.coverage_id
					and p.parcel_no = parcel_lineage.from_no and p.rev_from < parcel_lineage.revision)
			and exists (
				select from parcel p
				where p.zone_id = parcel_lineage.zone_id and p.coverage_id = parcel_lineage.coverage_id
					and p.parcel_no = parcel_lineage.to_no and (p.rev_to is null or p.rev_to > parcel_lineage.revision))
			and exists (
				select from revision r
				where r.zone_id = parcel_lineage.zone_id and r.coverage_id = parcel_lineage.coverage_id
					and r.revision >= parcel_lineage.revision)))
	);
