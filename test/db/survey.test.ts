import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, inScope, type Scope, type Sql } from '$lib/server/db/connect.ts';
import { deleteSurvey, insertSurvey, listPublishedSurveys, listSurveys } from '$lib/server/db/survey.ts';
import { act, added, begun, corner, openWorkshop, type Workshop } from '../support/changeset-service.ts';
import { brokenConstraint, PANJIN_ID } from '../support/database-rows.ts';
import { pointAt, surveyOf } from '../support/survey-town.ts';

const CELL = [corner(0, 0), corner(1, 0), corner(1, 1)];
const SURVEY = surveyOf(CELL.map((at, i) => pointAt(`J${i + 1}`, at)));
const EVERYWHERE = { minLon: -180, minLat: -90, maxLon: 180, maxLat: 90 };

describe('surveys in the database', () => {
	let shop: Workshop;
	let no: number;
	beforeAll(async () => {
		shop = await openWorkshop('server');
		no = await begun(shop.as('ann'));
		const move = { at: corner(6, 1), to: corner(6.01, 1.01) };
		await added(shop.as('ann'), no, 0, { verb: 'move_vertices', params: { moves: [move] } });
	});
	afterAll(() => shop.database.close());

	const as = <T>(userId: string | null, work: (sql: Sql) => Promise<T>, grade: Scope['grade'] = 'office') =>
		inScope(shop.database, { role: 'app', zoneId: PANJIN_ID, grade, userId }, work);

	it('are written by the author of a draft alone, and read back to the bit', async () => {
		for (const userId of ['bob', 'rita', 'paul', 'guest', null])
			await expect(as(userId, (sql) => insertSurvey(sql, PANJIN_ID, no, SURVEY))).rejects.toMatchObject({
				code: '42501',
			});
		await as('ann', (sql) => insertSurvey(sql, PANJIN_ID, no, SURVEY));
		for (const userId of ['bob', 'paul', null])
			expect(await as(userId, (sql) => deleteSurvey(sql, PANJIN_ID, no, 1))).toBe(false);
		const [stored] = await as('rita', (sql) => listSurveys(sql, PANJIN_ID, no));
		expect(stored).toMatchObject(SURVEY);
		for (const userId of ['guest', null])
			expect(await as(userId, (sql) => listSurveys(sql, PANJIN_ID, no))).toEqual([]);
	});

	it('stay as they were submitted', async () => {
		expect((await act(shop.as('ann'), no, 'submit')).ok).toBe(true);
		const works: ((sql: Sql) => Promise<number | boolean>)[] = [
			(sql) => insertSurvey(sql, PANJIN_ID, no, SURVEY),
			(sql) => deleteSurvey(sql, PANJIN_ID, no, 1),
		];
		for (const work of works) expect(await brokenConstraint(() => as('ann', work))).toBe('survey_in_draft');
	});

	it('are the office’s to read once they are published, near a place and up to a revision, and never the public’s', async () => {
		const published = (userId: string | null, grade: Scope['grade'], box = EVERYWHERE, revision = 1) =>
			as(userId, (sql) => listPublishedSurveys(sql, PANJIN_ID, 'plan', revision, box), grade);
		expect(await published('rita', 'office')).toEqual([]);
		await asOwner(shop.database, async (sql) => {
			await sql.unsafe('alter table changeset disable trigger changeset_guard');
			await sql`update changeset set state = 'published', published_revision = 1 where changeset_no = ${no}`;
		});
		for (const userId of ['rita', 'guest', null])
			expect(await published(userId, 'office')).toMatchObject([{ ...SURVEY, changesetNo: no, revision: 1 }]);
		expect(await published(null, 'public')).toEqual([]);
		expect(await published('rita', 'office', EVERYWHERE, 0)).toEqual([]);
		const [minLon, minLat] = corner(3, 0);
		expect(await published('rita', 'office', { ...EVERYWHERE, minLon, minLat })).toEqual([]);
	});
});
