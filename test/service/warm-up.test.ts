import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR, type Actor } from '$lib/server/access/actor.ts';
import type { Database } from '$lib/server/db/connect.ts';
import { warmUp } from '$lib/server/service/warm-up.ts';
import { databaseWithZones, PANJIN_FOLDER, serviceContexts } from '../support/zone-service.ts';

describe('what is prepared for readers', () => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZones('embedded', [PANJIN_FOLDER]);
	});
	afterAll(() => database.close());

	/** A context whose overviews are written down, and refused where they are of `refused`. */
	function open(actor: Actor, refused = 'none') {
		const context = serviceContexts(database)(actor);
		const drawn: string[] = [];
		context.overviews.overviewOf = async ({ coverageId }, subject) => {
			drawn.push(`${coverageId} ${subject}`);
			if (coverageId === refused) throw new Error('no memory');
			return null;
		};
		return { context, drawn };
	}

	it.each([
		[PUBLIC_ACTOR, ['plan public', 'plan blocks']],
		[OFFICE_ON_LOCALHOST, ['plan office', 'current office', 'current stock', 'plan blocks']],
	])('is what %o may see: revisions that are then at hand, and their overviews', async (actor, expected) => {
		const { context, drawn } = open(actor);
		await warmUp(context, () => true);
		expect(drawn).toEqual(expected);
	});

	it('ends where there is no room', async () => {
		const { context, drawn } = open(OFFICE_ON_LOCALHOST);
		await warmUp(context, () => drawn.length === 0);
		expect(drawn).toEqual(['plan office']);
	});

	it('leaves out what fails', async () => {
		const { context, drawn } = open(OFFICE_ON_LOCALHOST, 'plan');
		await warmUp(context, () => true);
		expect(drawn).toEqual(['plan office', 'current office', 'current stock', 'plan blocks']);
	});
});
