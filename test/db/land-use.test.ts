import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import {
	listLandUseCategories,
	listLandUseClasses,
	listLandUseCrosswalk,
	type LandUseClassRow,
} from '$lib/server/db/land-use-class.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';
import { LAND_USE } from '../support/database-rows.ts';

const ANYBODY: Scope = { role: 'read', zoneId: null, grade: 'public' };

describe.each(DATABASE_KINDS)('the class lists in the %s database', (kind) => {
	let database: Database;
	let classes: LandUseClassRow[];
	beforeAll(async () => {
		database = await freshDatabase(kind);
		expect(await loadLandUse(database, LAND_USE)).toBe(true);
		classes = await inScope(database, ANYBODY, listLandUseClasses);
	});
	afterAll(() => database.close());

	it('have 24, 88 and 40 classes, each with an official colour', () => {
		const perLevel = [1, 2, 3].map((level) => classes.filter((one) => one.level === level).length);
		expect(perLevel).toEqual([24, 88, 40]);
		expect(classes.filter((one) => one.colorHex === null && Number(one.code.slice(0, 2)) < 18)).toEqual([]);
	});

	it('draw no two classes below level 1 alike', () => {
		const looks = classes.filter((one) => one.level > 1).map((one) => `${one.colorHex} ${one.pattern}`);
		expect(new Set(looks).size).toBe(looks.length);
	});

	it('keep special land, and only it, in the office', () => {
		for (const one of classes)
			expect(one.publicationGrade).toBe(one.code.startsWith('15') ? 'office' : 'public');
	});

	it('give every class on land a category by itself or its ancestors, but reserved land and farmland in reserve', async () => {
		const rows = await inScope(database, ANYBODY, listLandUseCategories);
		const byCode = new Map(rows.map((row) => [row.code, row.category]));
		const parentOf = new Map(classes.map((one) => [one.code, one.parentCode]));
		const categoryOf = (code: string | null | undefined): string | undefined =>
			code === null || code === undefined ? undefined : (byCode.get(code) ?? categoryOf(parentOf.get(code)));
		const leaves = classes.filter((one) => !classes.some((other) => other.parentCode === one.code));
		const onLand = leaves.filter(({ code }) => Number(code.slice(0, 2)) < 18 || code.startsWith('23'));
		expect(onLand.filter(({ code }) => categoryOf(code) === undefined).map(({ code }) => code)).toEqual([
			'16',
			'2302',
		]);
		expect(categoryOf('060201')).toBe('agricultural');
		expect(['1703', '1704', '1705'].map(categoryOf)).toEqual(Array.from({ length: 3 }, () => 'agricultural'));
		expect(rows.filter((row) => row.status === 'verified')).toEqual([]);
	});

	it('lead every code whose meaning changed to one that exists', async () => {
		const rows = await inScope(database, ANYBODY, (sql) =>
			listLandUseCrosswalk(sql, { system: 'cn-land-use', version: '2020' }),
		);
		expect(rows.filter((row) => row.fromCode === '0204').map((row) => row.relation)).toEqual([
			'split',
			'split',
		]);
		expect(rows.find((row) => row.fromCode === '2303')?.toCode).toBe('060102');
	});
});
