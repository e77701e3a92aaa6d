import { z } from 'zod';
import { ledgerQuerySchema } from '$lib/api/ledger.ts';
import { formatDate } from '$lib/i18n/format-date.ts';
import { ledgerTranslator } from '$lib/i18n/ledger-text.ts';
import { nameOf } from '$lib/i18n/locale.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { ledgerSheets } from '$lib/server/http/ledger-sheets.ts';
import { writeLedger } from '$lib/server/http/workbook.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readLedger } from '$lib/server/service/supply/ledger.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

/** The ledger (月报、台账) of a month as a workbook, in the reader's language. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(ledgerQuerySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const read = await readLedger(context, params.zone, query.value.month);
	if (!read.ok) return answer(read, z.null(), () => null);
	const { month, onDate, zone } = read.value;
	const t = ledgerTranslator(locals.locale);
	const parks = (await findZoneView(context, params.zone))?.parks ?? [];
	const workbook = await writeLedger(ledgerSheets(read.value, parks, locals.locale), {
		title: t('title', { month, zone: nameOf(zone, locals.locale) }),
		note: t('asOf', { day: formatDate(onDate, locals.locale) }),
		total: t('total'),
	});
	const name = `land-supply-${params.zone.replace(/[^\w-]/g, '_')}-${month}.xlsx`;
	return new Response(new Uint8Array(workbook), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'private, no-store',
		},
	});
};
