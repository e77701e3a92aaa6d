-- Comments come from those who take part in changesets, as the service asks; and who reviews one can say that he finds nothing against it.

drop policy changeset_comment_insert on changeset_comment;
create policy changeset_comment_insert on changeset_comment for insert to yuantu_app
	with check (
		zone_id = current_zone_id() and user_id = current_user_id() and may('changeset.read', zone_id)
		and (may('changeset.draft', zone_id) or may('changeset.review', zone_id) or may('changeset.approve', zone_id)
			or may('changeset.publish', zone_id)));

insert into changeset_transition (from_state, event, to_state, acted_by, permissions) values
	('submitted', 'endorse', 'submitted', 'another', '{changeset.review}');
