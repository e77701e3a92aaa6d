import { z } from 'zod';
import { ledgerQuerySchema } from '$lib/api/ledger.ts';
import { formatDate } from '$lib/i18n/format-date.ts';
import { ledgerTranslator } from '$lib/i18n/ledger-text.ts';
import { nameOf } from '$lib/i18n/locale.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { ledgerSheets } from '$lib/server/http/ledger-sheets.ts';
import { oneAtATime } from '$lib/server/http/one-at-a-time.ts';
import { writeLedger } from '$lib/server/http/workbook.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { ledgerBusy } from '$lib/server/service/supply/outcome.ts';
import { readLedger } from '$lib/server/service/supply/ledger.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

/** A ledger is made whole in memory. */
const inTurn = oneAtATime(8);

/** The ledger (月报、台账) of a month as a workbook, in the reader's language; one is made at a time. */
export const GET: RequestHandler = ({ locals, params, url }) => {
	const query = readQuery(ledgerQuerySchema, url);
	if (!query.ok) return query.response;
	const { month } = query.value;
	const made = inTurn(() => makeWorkbook(locals, params.zone, month));
	return made ?? answer(ledgerBusy(), z.null(), () => null);
};

async function makeWorkbook(
	{ actor, locale }: Pick<App.Locals, 'actor' | 'locale'>,
	zoneId: string,
	month: string,
): Promise<Response> {
	const context = contextFor(actor);
	const read = await readLedger(context, zoneId, month);
	if (!read.ok) return answer(read, z.null(), () => null);
	const { onDate, zone } = read.value;
	const t = ledgerTranslator(locale);
	const parks = (await findZoneView(context, zoneId))?.parks ?? [];
	const workbook = await writeLedger(ledgerSheets(read.value, parks, locale), {
		title: t('title', { month, zone: nameOf(zone, locale) }),
		note: t('asOf', { day: formatDate(onDate, locale) }),
		total: t('total'),
		unknown: (count) => t('totalUnknown', { count }),
	});
	const name = `land-supply-${zoneId.replace(/[^\w-]/g, '_')}-${month}.xlsx`;
	return new Response(new Uint8Array(workbook), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'private, no-store',
		},
	});
}
