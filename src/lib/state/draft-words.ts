import { changedParcelName } from '../i18n/change-text.ts';
import { draftTranslator } from '../i18n/draft-text.ts';
import { issueText, type Worded } from '../i18n/issue-text.ts';
import type { Locale } from '../i18n/locale.ts';
import { factsOf } from '../domain/changeset/parcel-facts.ts';
import type { DraftState } from '../domain/changeset/draft-state.ts';
import type { DraftDesk } from './draft-desk.svelte.ts';

/** How a draft names its parcels: by code, with the one that it had before where the draft gives it another; new ones by their place in the draft. */
export function parcelName(draft: DraftDesk, locale: Locale, parcelNo: number): string {
	return nameOf(draft, locale, parcelNo, 'parcelNo');
}

function nameOf(
	draft: DraftDesk,
	locale: Locale,
	parcelNo: number,
	unnamed: 'parcelNo' | 'parcelShort',
): string {
	const d = draftTranslator(locale);
	const codeIn = (state: DraftState | null | undefined) =>
		state === null || state === undefined ? null : factsOf(state.facts, parcelNo).code;
	const codeBefore = codeIn(draft.history?.states[0]);
	const code = codeIn(draft.state);
	if ((code?.text ?? '') === '' && (codeBefore?.text ?? '') === '')
		return parcelNo < 0 ? d('newParcel', { no: -parcelNo }) : d(unnamed, { no: parcelNo });
	return changedParcelName(locale, { parcelNo, codeBefore, code });
}

/** The sentence of an issue or a refusal about a draft's parcels. */
export function draftIssueText(draft: DraftDesk, locale: Locale, issue: Worded): string {
	const { code: taken } = { ...issue.params } as { readonly code?: string };
	return issueText(locale, issue, (parcelNo) => {
		// Of a parcel outside the loaded area only the check knows the code: the one that is taken is its own.
		if (issue.code === 'code.taken' && taken !== undefined && isUnknown(draft, parcelNo)) return taken;
		// The sentences say parcel themselves.
		return nameOf(draft, locale, parcelNo, 'parcelShort');
	});
}

/** Whether a published parcel is not among those that are loaded. */
function isUnknown({ history }: Pick<DraftDesk, 'history'>, parcelNo: number): boolean {
	return parcelNo > 0 && (history === null || factsOf(history.states[0].facts, parcelNo).code === null);
}

/** The numbers of the parcels that an issue of the API names. */
export function parcelsOf(entities: readonly string[]): number[] {
	return entities.flatMap((entity) => (entity.startsWith('parcel:') ? [Number(entity.slice(7))] : []));
}
