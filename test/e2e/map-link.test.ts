import type { WireParcelHit } from '$lib/api/parcel.ts';
import { en, MapPage, zh } from './map-page.ts';
import { expect, listening, test, visit } from './watched-test.ts';
import { codeOf, ZoneReader } from './zone-reader.ts';

test.use({ viewport: { width: 1100, height: 640 } });

async function twoHits(origin: string): Promise<[WireParcelHit, WireParcelHit]> {
	const hits = await new ZoneReader(origin).hits('plan', 'HN-B0');
	const [first] = hits;
	const second = hits.find((hit) => hit.classKey !== first.classKey);
	if (second === undefined) throw new Error('all parcels have one class');
	return [first, second];
}

/** Opens a parcel by its code, with the keyboard alone. */
async function openByCode(map: MapPage, code: string): Promise<void> {
	const { page } = map;
	await map.canvas.focus();
	await page.keyboard.press('/');
	const search = page.getByRole('combobox', { name: zh('shell.search') });
	await expect(search).toBeFocused();
	await search.fill(code);
	await expect(page.getByRole('listbox').getByRole('option', { name: code })).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code }));
}

/** Waits until the map shows a parcel's label point near enough to see the parcel. */
async function expectFlownTo(map: MapPage, hit: WireParcelHit): Promise<void> {
	await expect.poll(() => map.view().camera?.zoom ?? 0).toBeGreaterThan(13);
	await map.drawn();
	await expect.poll(async () => map.isOpen(await map.pixelOf(hit.labelPoint))).toBe(true);
}

test('a search by keyboard selects and flies there', async ({ page, origin }) => {
	const [hit] = await twoHits(origin);
	const map = await MapPage.open(page);
	await openByCode(map, hit.code);
	await expectFlownTo(map, hit);
	await expect(page).toHaveURL(new RegExp(`sel=plan:${hit.parcelNo}(&|$)`));
	await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(0);
});

test('Enter waits for the answer to what was typed, and opens the one hit from any page', async ({
	page,
	origin,
}) => {
	const [hit] = await twoHits(origin);
	await visit(page, '/about');
	await page.keyboard.press('/');
	await page.keyboard.type(hit.code);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`sel=plan:${hit.parcelNo}(&|$)`));
});

test('a search lists all its hits, says when there is none, and works from other pages', async ({
	page,
	origin,
}) => {
	const [hit] = await twoHits(origin);
	const map = await MapPage.open(page);
	const search = page.getByRole('combobox', { name: zh('shell.search') });
	await search.fill('HN-B0');
	await page.getByRole('button', { name: zh('shell.searchShowAll') }).click();
	const results = page.getByRole('tabpanel', { name: zh('map.tabResults') });
	await results.getByRole('button', { name: hit.code }).click();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));

	await search.fill('nothing-like-this');
	await expect(page.getByText(zh('shell.searchNone', { query: 'nothing-like-this' }))).toBeVisible();

	await visit(page, '/about');
	await page.keyboard.press('/');
	await page.keyboard.type(hit.code);
	await expect(page.getByRole('listbox').getByRole('option')).toHaveText([new RegExp(`^${hit.code}`)]);
	await page.keyboard.press('Enter');
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));
	await map.drawn();
	await expectFlownTo(map, hit);
});

test('the address holds position, layer, selection and classes switched off, and a reload keeps them', async ({
	page,
	origin,
}) => {
	const hits = await new ZoneReader(origin).hits('current', 'HN-B0');
	const hit = hits.find((one) => codeOf(one.classKey) !== '1207') ?? hits[0];
	const map = await MapPage.open(page);
	await page.getByRole('radio', { name: zh('map.coverageCurrent') }).check();
	await expect(page).toHaveURL(/[?&]layer=current/);
	await map.legend.getByRole('button', { name: /^1207/ }).click();
	await expect(page).toHaveURL(/[?&]off=1207/);
	await visit(page, `/${new URL(page.url()).search}&sel=current:${hit.parcelNo}`);
	await map.drawn();
	await page.getByRole('button', { name: zh('map.zoomTo') }).click();
	await expectFlownTo(map, hit);
	await map.canvas.focus();
	const { lon } = map.camera();
	await page.keyboard.press('ArrowRight');
	await expect.poll(() => map.camera().lon).toBeGreaterThan(lon);
	await map.drawn();
	const left = page.url();

	await page.reload();
	await listening(page);
	await map.drawn();
	expect(page.url()).toBe(left);
	await expect(page.getByRole('radio', { name: zh('map.coverageCurrent') })).toBeChecked();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));
	expect(page.url()).toBe(left);
	await page.getByRole('button', { name: zh('map.wholeZone') }).click();
	await expect(map.legend.getByRole('button', { name: /^1207/ })).toHaveAttribute('aria-pressed', 'false');
});

test('back and forward go through the selections, with the view that each had', async ({ page, origin }) => {
	const [first, second] = await twoHits(origin);
	const map = await MapPage.open(page);
	const whole = page.url();
	await openByCode(map, first.code);
	await expectFlownTo(map, first);
	const atFirst = page.url();
	await openByCode(map, second.code);
	await expect.poll(() => page.url()).not.toBe(atFirst);
	await map.drawn();
	const cameraAtSecond = map.camera();

	await page.goBack();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: first.code }));
	await map.drawn();
	expect(page.url()).toBe(atFirst);
	await page.goBack();
	await expect(map.card).toBeHidden();
	await map.drawn();
	expect(page.url()).toBe(whole);
	await page.goForward();
	await page.goForward();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: second.code }));
	await map.drawn();
	expect(map.camera()).toEqual(cameraAtSecond);
});

test('a card leads to the permanent page of its parcel, and the page back to the map', async ({
	page,
	origin,
}) => {
	const [hit] = await twoHits(origin);
	const map = await MapPage.open(page, `?sel=plan:${hit.parcelNo}`);
	await map.card.getByRole('link', { name: zh('map.openRecord') }).click();
	await expect(page).toHaveURL(`/parcel/shenyang/plan/${hit.parcelNo}`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(hit.code);
	await page.goBack();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));
	await page.goForward();
	await page.getByRole('link', { name: zh('parcel.showOnMap') }).click();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));
	await expectFlownTo(map, hit);
});

test('a link in English with a parcel of another layer shows just that', async ({
	context,
	page,
	origin,
}) => {
	const [hit] = await new ZoneReader(origin).hits('current', 'HG-B0');
	await context.addCookies([{ name: 'locale', value: 'en', url: origin }]);
	const map = await MapPage.open(page, `?layer=current&sel=current:${hit.parcelNo}`);
	await expect(map.title()).toHaveText(en('map.cardTitle', { code: hit.code }));
	await expect(page.getByRole('radio', { name: en('map.coverageCurrent') })).toBeChecked();
	await expectFlownTo(map, hit);
});

test('a past state goes with a parcel to its page, and a search says that it is of the newest', async ({
	page,
	origin,
}) => {
	const [hit] = await twoHits(origin);
	await visit(page, `/?revision=1&sel=plan:${hit.parcelNo}`);
	await page.getByRole('combobox', { name: zh('shell.search') }).fill(hit.code);
	await expect(page.getByText(zh('shell.searchNewest'))).toBeVisible();
	const record = page.getByRole('link', { name: zh('map.openRecord') });
	await expect(record).toHaveAttribute('href', `/parcel/shenyang/plan/${hit.parcelNo}?revision=1`);
	await visit(page, (await record.getAttribute('href')) ?? '');
	const told = page.getByRole('status').filter({ hasText: zh('shell.pastNewest') });
	await expect(told).toContainText('规划第 1 版');
	await expect(page.getByRole('link', { name: zh('parcel.json') })).toHaveAttribute('href', /\?revision=1$/);
	await told.getByRole('link').click();
	await expect(told).toHaveCount(0);
	await expect(page).toHaveURL(new RegExp(`/parcel/shenyang/plan/${hit.parcelNo}$`));
});
