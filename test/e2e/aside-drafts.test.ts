import { readFile } from 'node:fs/promises';
import { draftTranslator } from '$lib/i18n/draft-text.ts';
import { axeFindings } from './axe-findings.ts';
import { signInAs } from './sign-in.ts';
import { expect, test, visit } from './watched-test.ts';

const d = draftTranslator('zh');

test('steps that the server never took are listed on the device, kept as a file and deleted when it is said twice', async ({
	page,
}) => {
	await signInAs(page, 'planner-a');
	await visit(page, '/drafts/shenyang');
	const heading = page.getByRole('heading', { name: d('asideTitle') });
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(heading).toHaveCount(0);
	const authorId = await page.evaluate(async () => {
		const answer = await fetch('/api/v1/zones/shenyang/changesets', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				clientId: crypto.randomUUID(),
				coverageId: 'plan',
				kind: 'technical_correction',
				title: 'aside',
				reason: '',
			}),
		});
		return ((await answer.json()) as { authorId: string }).authorId;
	});
	await page.evaluate(async (key) => {
		const opening = indexedDB.open('yuantu');
		opening.onupgradeneeded = () => opening.result.createObjectStore('drafts');
		await new Promise((resolve) => (opening.onsuccess = resolve));
		const writing = opening.result.transaction('drafts', 'readwrite');
		const step = { clientId: 'c', step: { verb: 'delete_vertex', params: { at: [0, 0] } }, made: [] };
		writing.objectStore('drafts').put({ steps: [step], head: 1, editNo: 0 }, key);
		await new Promise((resolve) => (writing.oncomplete = resolve));
		opening.result.close();
	}, `aside/${authorId}/shenyang/7/window`);
	await visit(page, '/drafts/shenyang');
	const entry = page.getByRole('listitem').filter({ hasText: d('asideSteps', { count: 1 }) });
	await expect(entry).toContainText(d('asideUndated'));
	expect(await axeFindings(page)).toEqual([]);
	const downloading = page.waitForEvent('download');
	await entry.getByRole('link', { name: d('asideDownload') }).click();
	const file = await readFile(await (await downloading).path(), 'utf8');
	expect(JSON.parse(file)).toMatchObject({ zoneId: 'shenyang', changesetNo: 7, head: 1 });
	await entry.getByRole('button', { name: d('asideDelete') }).click();
	await expect(entry).toBeVisible();
	await entry.getByRole('button', { name: d('asideDeleteSure') }).click();
	await expect(heading).toHaveCount(0);
	await visit(page, '/drafts/shenyang');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(heading).toHaveCount(0);
});
