import type { z } from 'zod';
import type { WireIssue } from '$lib/api/issue.ts';
import type { ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { shapeToWire } from '$lib/domain/changeset/wire-difference.ts';
import type { AppendedSteps } from '../service/changeset/append-steps.ts';
import type { Failure, Outcome } from '../service/changeset/outcome.ts';
import type { OpenChangeset } from '../service/changeset/read.ts';
import type { WorkingParcels } from '../service/changeset/working-parcels.ts';
import type { RebaseOutlook } from '../service/changeset/rebase-changeset.ts';
import { json } from './json.ts';
import { problem } from './problem.ts';

type ChangesetFields = OpenChangeset['changeset'];

const STATUS: Readonly<Record<Failure['why'], number>> = {
	'not-found': 404,
	forbidden: 403,
	refused: 422,
	stale: 412,
	conflict: 409,
	busy: 503,
};
/** By then a comparison or two are made. */
const BUSY_S = 5;

/** Answers with what came of an act, by its own schema, or with a problem that carries every issue. */
export function answer<Value, T extends z.ZodType>(
	outcome: Outcome<Value>,
	schema: T,
	write: (value: Value) => z.input<T>,
): Response {
	return outcome.ok ? json(schema, write(outcome.value)) : refusal(outcome);
}

/** Answers with a document to be saved, never to be shown: what is in it was written by whoever sent it. */
export function documentAnswer(
	outcome: Outcome<{ readonly name: string; readonly mediaType: string; readonly content: Uint8Array }>,
): Response {
	if (!outcome.ok) return refusal(outcome);
	const { name, mediaType, content } = outcome.value;
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`,
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-cache',
		},
	});
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

function refusal(outcome: Failure): Response {
	const issues = outcome.issues.map(issueToWire);
	const code = issues[0]?.code ?? 'request.refused';
	const response = problem(STATUS[outcome.why], code, `Nothing is changed: ${outcome.why}.`, issues);
	if (outcome.why === 'busy') response.headers.set('retry-after', String(BUSY_S));
	return response;
}

/** Reads a JSON body by a schema, or answers 422 naming each part and what was wrong with it. */
export async function readBody<T extends z.ZodType>(
	schema: T,
	request: Request,
): Promise<{ ok: true; value: z.output<T> } | { ok: false; response: Response }> {
	return readValue(schema, await request.json().catch(() => undefined));
}

/** Takes what a body holds by a schema, or answers as `readBody` does. */
export function readValue<T extends z.ZodType>(
	schema: T,
	body: unknown,
): { ok: true; value: z.output<T> } | { ok: false; response: Response } {
	const parsed = schema.safeParse(body);
	if (parsed.success && !hasUnkept(parsed.data)) return { ok: true, value: parsed.data };
	if (parsed.success) {
		const issue = { code: 'query.invalid', params: { parameter: 'body', reason: 'value-not-valid' } };
		return {
			ok: false,
			response: problem(
				422,
				'query.invalid',
				'A text holds no NUL character, no half of a surrogate pair and none that turns the direction of what is beside it.',
				[issue],
			),
		};
	}
	const named = parsed.error.issues.slice(0, 20).map(({ path, message }) => {
		const parameter = path.join('.');
		return { entities: [parameter], params: { parameter, reason: 'value-not-valid' }, detail: message };
	});
	const detail = named.map(({ params, detail: said }) => `${params.parameter}: ${said}`).join('; ');
	const issues = named.map(({ entities, params }) => ({ code: 'query.invalid', entities, params }));
	return { ok: false, response: problem(422, 'query.invalid', detail, issues) };
}

/** NUL and half of a surrogate pair, which no database keeps, and characters that turn the direction of what stands beside them. */
const UNKEPT = /[\0\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Says whether a text in a body holds what is not kept, however deep. */
function hasUnkept(body: unknown): boolean {
	const left = [body];
	while (left.length > 0) {
		const value = left.pop();
		if (typeof value === 'string' && UNKEPT.test(value)) return true;
		if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) left.push(part);
	}
	return false;
}

export function issueToWire({ code, severity, parcelNos, at, params, source }: ChangesetIssue): WireIssue {
	return {
		code,
		severity,
		entities: parcelNos.map((no) => `parcel:${no}`),
		params,
		...(at === null ? {} : { at: [at[0], at[1]] }),
		...(source === undefined ? {} : { source }),
	};
}

export function changesetToWire({ clientId: _, contentChangedAt: _at, ...row }: ChangesetFields) {
	return {
		...row,
		parkIds: [...row.parkIds],
		createdAt: row.createdAt.toISOString(),
		changedAt: row.changedAt.toISOString(),
	};
}

export function openChangesetToWire(
	{ changeset, latestRevision, box, events, comments, documents, papers }: OpenChangeset,
	documentMaxMb: number,
) {
	const recorded = <Row extends { readonly recordedAt: Date }>(row: Row) => ({
		...row,
		recordedAt: row.recordedAt.toISOString(),
	});
	return {
		changeset: changesetToWire(changeset),
		latestRevision,
		box: box === null ? null : ([...box] as [number, number, number, number]),
		events: events.map((event) => ({ ...event, occurredAt: event.occurredAt.toISOString() })),
		comments: comments.map(recorded),
		documents: documents.map(recorded),
		papers: [...papers],
		documentMaxMb,
	};
}

export function appendedToWire({ head, editNo, stored, refused }: AppendedSteps) {
	return {
		head,
		editNo,
		stored,
		refused: refused === null ? null : { clientId: refused.clientId, issue: issueToWire(refused.issue) },
	};
}

export function workingParcelsToWire({ baseRevision, coverageKind, box, parcels }: WorkingParcels) {
	return {
		baseRevision,
		coverageKind,
		box: [...box] as [number, number, number, number],
		parcels: parcels.map(({ parcelNo, shape, facts }) => ({ parcelNo, shape: shapeToWire(shape), ...facts })),
	};
}

export function rebaseOutlookToWire({
	changeset: { editNo, baseRevision },
	latestRevision,
	revisions,
	parcels,
	groups,
	issues,
}: RebaseOutlook) {
	return {
		editNo,
		baseRevision,
		latestRevision,
		revisions: [...revisions],
		parcels: [...parcels],
		groups: groups.map((group) => ({ ...group, issue: issueToWire(group.issue) })),
		issues: issues.map(issueToWire),
	};
}

/** The number that an address names; −1, which nothing has, where it names none. */
export function changesetNoOf({ changeset }: { readonly changeset: string }): number {
	return numberIn(changeset);
}

/** A number in an address; −1, which nothing has, where it is none. */
export function numberIn(text: string): number {
	return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : -1;
}
