import { writeFile } from 'node:fs/promises';
import { cameraQuery, MapPage } from './map-page.ts';
import { contactSheet } from './theme-sheet.ts';
import { FROM_OUTSIDE, test } from './watched-test.ts';

const FOLDER = 'test/output/themes';
/** A street between planning units, along which a control line runs. */
const PLACE = [123.4786, 41.726] as const;
const CONTROL_LINES = [
	'demo-ecological-red-line',
	'demo-industrial-land-line',
	'demo-permanent-basic-farmland',
	'demo-urban-growth-boundary',
];
const THEMES = {
	plan: '',
	current: '&layer=current',
	stock: '&layer=stock',
	blocks: '&blocks=1',
	control: `&lines=${CONTROL_LINES.join(',')}`,
};
const NAMES: Readonly<Record<string, string>> = {
	plan: '规划',
	current: '现状',
	stock: '存量状态',
	blocks: '规划单元',
	control: '控制线',
};
const CAPTION = '园图 Yuantu · 示意数据 synthetic demo data · 规划、现状、存量状态、规划单元、控制线';
/** With PICTURES=all every theme is taken at every zoom that cartographers look at, light and dark; else each once. All are then laid on a sheet for each look. */
const IS_ALL = process.env['PICTURES'] === 'all';
const ZOOMS = IS_ALL ? [9, 11, 13, 15, 17] : [11];
const LOOKS = IS_ALL ? ['light', 'dark'] : ['light'];

const fileOf = (theme: string, zoom: number, look: string) => `${FOLDER}/${theme}-z${zoom}-${look}.png`;

test('pictures of every theme of the map to look at', async ({ openContext, baseURL, origin }) => {
	test.setTimeout(IS_ALL ? 900_000 : 120_000);
	for (const look of LOOKS) {
		const context = await openContext({ baseURL, viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
		await context.addCookies([{ name: 'theme', value: look, url: origin }]);
		const page = await context.newPage();
		for (const [theme, query] of Object.entries(THEMES)) {
			for (const zoom of ZOOMS) {
				await MapPage.open(page, `?${cameraQuery(PLACE, zoom)}${query}`);
				await page.screenshot({ path: fileOf(theme, zoom, look) });
			}
		}
		if (!IS_ALL) continue;
		const rows = Object.keys(THEMES).map((theme) => ({
			name: NAMES[theme],
			files: ZOOMS.map((zoom) => fileOf(theme, zoom, look)),
		}));
		const sheet = { caption: CAPTION, dark: look === 'dark', rows, zooms: ZOOMS };
		await writeFile(`${FOLDER}/themes-${look}.jpg`, await contactSheet(page, sheet));
	}
	if (!IS_ALL) return;
	const reader = { baseURL, viewport: { width: 1366, height: 768 }, locale: 'zh-CN' };
	const page = await (await openContext({ ...reader, extraHTTPHeaders: FROM_OUTSIDE })).newPage();
	await MapPage.open(page);
	await page.screenshot({ path: `${FOLDER}/map.png` });
});
