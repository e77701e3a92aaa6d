import { cameraQuery, MapPage } from './map-page.ts';
import { test } from './watched-test.ts';

const FOLDER = 'test/output/themes';
const PLACE = [123.45, 41.72] as const;
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
/** With PICTURES=all every theme is taken at every zoom that cartographers look at, light and dark; else each once. */
const IS_ALL = process.env['PICTURES'] === 'all';
const ZOOMS = IS_ALL ? [9, 11, 13, 15, 17] : [11];
const LOOKS = IS_ALL ? ['light', 'dark'] : ['light'];

test('pictures of every theme of the map to look at', async ({ openContext, baseURL, origin }) => {
	test.setTimeout(IS_ALL ? 900_000 : 120_000);
	for (const look of LOOKS) {
		const context = await openContext({ baseURL, viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
		await context.addCookies([{ name: 'theme', value: look, url: origin }]);
		const page = await context.newPage();
		for (const [theme, query] of Object.entries(THEMES)) {
			for (const zoom of ZOOMS) {
				await MapPage.open(page, `?${cameraQuery(PLACE, zoom)}${query}`);
				await page.screenshot({ path: `${FOLDER}/${theme}-z${zoom}-${look}.png` });
			}
		}
	}
});
