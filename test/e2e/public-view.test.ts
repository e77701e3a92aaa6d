import { expectedClassRows, readClassRows, section } from './balance-screen.ts';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { sampleHits } from './parcel-sample.ts';
import { expect, FROM_OUTSIDE, test, visit } from './watched-test.ts';
import { codeOf, ZoneReader } from './zone-reader.ts';

test.use({ extraHTTPHeaders: FROM_OUTSIDE, viewport: { width: 1366, height: 700 } });

/** A parcel of special land, which only the office may know as such. */
async function specialParcel(origin: string) {
	const office = new ZoneReader(origin);
	const hits = await sampleHits(office, 'plan');
	const special = hits.find((hit) => codeOf(hit.classKey).startsWith('15'));
	if (special === undefined) throw new Error('no special land among the sampled parcels');
	return office.parcel('plan', special.parcelNo);
}

test('the public map has the plan only, and asks for public tiles only', async ({ page, traffic }) => {
	const map = await MapPage.open(page, '?c=14/41.72/123.45&layer=current');
	await expect(page.getByRole('radio', { name: zh('map.coverageCurrent') })).toHaveCount(0);
	await expect(page.getByRole('radio', { name: zh('map.coverageStock') })).toHaveCount(0);
	await expect(page.getByText(zh('shell.officeOnLocalhost'))).toHaveCount(0);
	await expect(page).not.toHaveURL(/layer=/);
	await page.getByRole('button', { name: zh('map.zoomIn') }).click();
	await expect.poll(() => map.camera().zoom).toBe(15);
	await map.drawn();
	const tiles = traffic.urls.filter((url) => url.includes('/tiles/'));
	expect(tiles.length).toBeGreaterThan(0);
	expect(tiles.filter((url) => !url.includes('/tiles/public/'))).toEqual([]);
	expect(tiles.filter((url) => /\/(current|stock|labels-current)\//.test(url))).toEqual([]);
	expect(traffic.urls.filter((url) => url.includes('/coverages/current/'))).toEqual([]);
});

test('withheld land is on the map as not published, without class, code or conditions', async ({
	page,
	origin,
}) => {
	const special = await specialParcel(origin);
	const publicReader = new ZoneReader(origin, FROM_OUTSIDE);
	expect(await publicReader.hits('plan', special.code)).toEqual([]);
	const map = await MapPage.open(page, `?${cameraQuery(special.labelPoint, 15)}`);
	await expect(map.legend.getByText(zh('map.withheld'))).toBeVisible();
	await map.click(special.labelPoint);
	await expect(map.card).toContainText(zh('map.withheld'));
	await expect(page).toHaveURL(new RegExp(`sel=plan:${special.parcelNo}(&|$)`));
	await expect(map.title()).toHaveText(zh('map.cardNoCode'));
	const secret = [special.code, `${codeOf(special.classKey)} `];
	for (const text of secret) await expect(map.card).not.toContainText(text);
	const park = (await publicReader.zone()).parks.find((one) => one.parkId === special.parkId);
	await expect(map.card).toContainText(park?.nameZh ?? 'no park');

	const response = await visit(page, `/parcel/shenyang/plan/${special.parcelNo}`);
	const html = (await response?.text()) ?? '';
	expect(html).toContain(zh('parcel.withheldTitle'));
	expect(html).not.toContain(special.code);
	await expect(page.getByRole('heading', { name: zh('parcel.withheldTitle') })).toBeVisible();
	await expect(page.getByRole('main')).toContainText(park?.nameZh ?? 'no park');
	await expect(page.getByRole('main')).not.toContainText(zh('parcel.noPark'));
});

test('the public balance has the plan only and keeps withheld land in its sums', async ({ page, origin }) => {
	const [seen, whole] = await Promise.all([
		new ZoneReader(origin, FROM_OUTSIDE).balance('level=1&unit=m2'),
		new ZoneReader(origin).balance('level=1&unit=m2'),
	]);
	expect(seen.audience).toBe('public');
	expect(seen.tables.map((table) => table.coverageId)).toEqual(['plan']);
	expect(seen.tables[0].total).toBe(whole.tables[0].total);
	await visit(page, '/balance?unit=m2');
	expect(await readClassRows(page)).toEqual(expectedClassRows(seen.tables[0], null));
	await expect(page.getByText(zh('balance.currentIsOffice'))).toBeVisible();
	await expect(section(page, 'change')).toHaveCount(0);
	await expect(section(page, 'totals').getByText(zh('balance.currentSum'))).toHaveCount(0);
	await expect(section(page, 'classes').getByText(zh('balance.withheld'))).toBeVisible();
});

test('a parcel of current land use is not there for the public', async ({ page, origin, traffic }) => {
	const [hit] = await new ZoneReader(origin).hits('current', 'HN-');
	expect(await new ZoneReader(origin, FROM_OUTSIDE).parcelStatus('current', hit.parcelNo)).toBe(404);
	traffic.expectFault(new RegExp(`404: .*/parcel/shenyang/current/${hit.parcelNo}|console: .*404`));
	const response = await visit(page, `/parcel/shenyang/current/${hit.parcelNo}`);
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('alert')).toContainText(zh('parcel.notFound'));
	expect(await page.content()).not.toContain(hit.code);
});
