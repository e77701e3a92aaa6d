import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkParcelSet } from '$geo/check/check.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { appendSteps } from '$lib/server/service/changeset/append-steps.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { openChangeset } from '$lib/server/service/changeset/read.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import {
	act,
	added,
	begun,
	clientId,
	corner,
	openedDraft,
	openWorkshop,
	valueOf,
	type Workshop,
} from '../support/changeset-service.ts';
import { chanceStep } from '../support/chance-step.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { chanceEdit, type ChanceEdit } from '../support/edit-sequence.ts';
import { expectSoundRevision } from '../support/sound-revision.ts';

const CLASSES = ['0802', '0902', '1401'].map((code) => `cn-land-use/2023/${code}`);
/** A box of so many cells of the zone. */
const SIDE_CELLS = 3;
const ROUNDS = 12;

describe('drafts by chance on a real server', () => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop('server');
	});
	afterAll(() => shop.database.close());

	/** Drafts by chance in a box from a column of cells on, up to approval; null where nothing could be done. */
	async function approvedByChance(author: 'ann' | 'bob', edits: readonly ChanceEdit[], column: number) {
		const context = shop.as(author);
		const changesetNo = await begun(context);
		for (const edit of edits) {
			const { changeset } = valueOf(await openChangeset(context, PANJIN_ID, changesetNo));
			const { state } = await openedDraft(context, changeset, author);
			const step = chanceStep(state, edit, corner(column, 0), SIDE_CELLS / 512, CLASSES);
			const batch = { expectedEdit: changeset.editNo, steps: [{ clientId: clientId(), step }] };
			valueOf(await appendSteps(context, PANJIN_ID, changesetNo, batch));
		}
		const { changeset } = valueOf(await openChangeset(context, PANJIN_ID, changesetNo));
		if (changeset.head === 0) return null;
		const issues = valueOf(await checkChangeset(context, PANJIN_ID, changesetNo));
		const bare = issues.find(({ code }) => code === 'parcel.class-missing');
		if (bare !== undefined)
			await added(context, changesetNo, changeset.editNo, {
				verb: 'reclassify',
				params: { parcelNos: bare.parcelNos, landUse: CLASSES[0] },
			});
		const report = { startsOn: null, endsOn: null, office: null, issuedOn: null, documentNo: null };
		const paper = { ...report, kind: 'error_report', number: '1', summary: '示例' } as const;
		valueOf(await recordPaper(context, PANJIN_ID, changesetNo, paper));
		const submitted = await act(context, changesetNo, 'submit');
		if (!submitted.ok) {
			for (const { code } of submitted.issues) expect(['code.taken', 'publish.park-crossed']).toContain(code);
			return null;
		}
		valueOf(await act(shop.as('paul'), changesetNo, 'approve'));
		return changesetNo;
	}

	it('are published as revisions that keep every law, or refused with what stands against them', async () => {
		const rounds = fc.sample(
			fc.record({
				ann: fc.array(chanceEdit, { minLength: 3, maxLength: 5 }),
				bob: fc.array(chanceEdit, { minLength: 3, maxLength: 5 }),
				column: fc.constantFrom(0, 2, 4),
				bobFirst: fc.boolean(),
			}),
			ROUNDS,
		);
		const codes = new Map<string, number>();
		let published = 0;
		for (const { ann, bob, column, bobFirst } of rounds) {
			const drafts = [
				await approvedByChance('ann', ann, column),
				await approvedByChance('bob', bob, 4 - column),
			];
			for (const changesetNo of bobFirst ? drafts.reverse() : drafts) {
				if (changesetNo === null) continue;
				const outcome = await publishChangeset(shop.as('paul'), PANJIN_ID, changesetNo, {
					comment: '',
					effectiveOn: null,
				});
				if (outcome.ok) {
					published++;
					await expectSoundRevision(shop, outcome.value.revision);
				} else for (const { code } of outcome.issues) codes.set(code, (codes.get(code) ?? 0) + 1);
			}
		}
		for (const code of codes.keys()) expect(['changeset.outdated', 'code.taken']).toContain(code);
		expect(published).toBeGreaterThan(ROUNDS / 2);
	});

	it('leave a coverage that is valid as drafts edit it, too', async () => {
		const no = await begun(shop.as('ann'));
		const { changeset } = valueOf(await openChangeset(shop.as('ann'), PANJIN_ID, no));
		const { state } = await openedDraft(shop.as('ann'), changeset, 'ann');
		const issues = checkParcelSet(coverageToParcelSet(state.coverage));
		expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
	});
});
