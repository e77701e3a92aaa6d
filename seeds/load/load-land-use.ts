import { join } from 'node:path';
import { asOwner, type Database } from '$lib/server/db/connect.ts';
import {
	putLandUseCategories,
	putLandUseClasses,
	putLandUseCrosswalk,
	putLandUseSystem,
	type FactStatus,
	type LandUseCategoryRow,
	type LandUseClassRow,
	type LandUseCrosswalkRow,
	type PublicationGrade,
} from '$lib/server/db/land-use-class.ts';
import { findSeedChecksum, lockSeed, putSeedChecksum } from '$lib/server/db/seed-log.ts';
import { readCsvFile } from './csv-file.ts';
import { folderChecksum } from './folder-checksum.ts';

const NATIONAL = { system: 'cn-land-use', version: '2023' };
const TRIAL = { system: 'cn-land-use', version: '2020' };
const NATIONAL_SOURCE = '自然资发〔2023〕234号';
const SEED_NAME = 'land-use';

/** Takes in the national class lists, or brings them up to date with the folder; in one transaction. Returns whether anything was written. */
export async function loadLandUse(database: Database, folder: string): Promise<boolean> {
	const checksum = await folderChecksum(folder);
	const classes = await readClasses(folder);
	const categories = await readCategories(folder);
	const crosswalk = await readCrosswalk(folder);
	return asOwner(database, async (sql) => {
		await lockSeed(sql, SEED_NAME);
		if ((await findSeedChecksum(sql, SEED_NAME)) === checksum) return false;
		await putLandUseSystem(sql, {
			...NATIONAL,
			nameZh: '国土空间调查、规划、用途管制用地用海分类',
			nameEn: 'Land and sea use classes for survey, planning and use control',
			source: NATIONAL_SOURCE,
			status: 'unverified',
		});
		await putLandUseSystem(sql, {
			...TRIAL,
			nameZh: '国土空间调查、规划、用途管制用地用海分类(试行)',
			nameEn: 'Land and sea use classes, trial version',
			source: '自然资办发〔2020〕51号',
			status: 'unverified',
		});
		await putLandUseClasses(sql, classes);
		await putLandUseCategories(sql, categories);
		await putLandUseCrosswalk(sql, crosswalk);
		await putSeedChecksum(sql, SEED_NAME, checksum);
		return true;
	});
}

async function readClasses(folder: string): Promise<LandUseClassRow[]> {
	const rows = await readCsvFile(join(folder, 'cn-land-use-2023.csv'), [
		'code',
		'level',
		'parent',
		'name_zh',
		'name_en',
		'color_hex',
	]);
	const styles = await readCsvFile(join(folder, 'style-2023.csv'), [
		'code',
		'pattern',
		'publication_grade',
		'color_note',
	]);
	const styleOf = new Map(styles.map((style) => [style.code, style]));
	return rows.map((row, index) => {
		const style = styleOf.get(row.code);
		return {
			...NATIONAL,
			code: row.code,
			level: Number(row.level),
			parentCode: row.parent || null,
			nameZh: row.name_zh,
			nameEn: row.name_en,
			colorHex: row.color_hex || null,
			colorNote: style?.color_note || null,
			pattern: style?.pattern || null,
			publicationGrade: (style?.publication_grade ?? 'office') as PublicationGrade,
			nationalSystem: null,
			nationalVersion: null,
			nationalCode: null,
			sort: index + 1,
			source: NATIONAL_SOURCE,
			status: 'unverified',
		};
	});
}

async function readCategories(folder: string): Promise<LandUseCategoryRow[]> {
	const rows = await readCsvFile(join(folder, 'category-2023.csv'), ['code', 'category', 'status', 'note']);
	return rows.map((row) => ({
		...NATIONAL,
		code: row.code,
		category: row.category as LandUseCategoryRow['category'],
		note: row.note || null,
		source: '土地管理法 §4; practice of the land survey',
		status: row.status as FactStatus,
	}));
}

async function readCrosswalk(folder: string): Promise<LandUseCrosswalkRow[]> {
	const rows = await readCsvFile(join(folder, 'crosswalk-2020-2023.csv'), [
		'from_code',
		'to_code',
		'relation',
		'status',
		'note',
	]);
	return rows.map((row) => ({
		fromSystem: TRIAL.system,
		fromVersion: TRIAL.version,
		fromCode: row.from_code,
		toSystem: NATIONAL.system,
		toVersion: NATIONAL.version,
		toCode: row.to_code,
		relation: row.relation as LandUseCrosswalkRow['relation'],
		note: row.note || null,
		source: 'comparison of public lists',
		status: row.status as FactStatus,
	}));
}
