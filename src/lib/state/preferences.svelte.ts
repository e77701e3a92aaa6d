import { getContext, setContext } from 'svelte';
import { formatArea, unitName, type AreaDetail, type AreaUnit } from '../i18n/format-area.ts';
import { formatDate, formatMoment } from '../i18n/format-date.ts';
import { LANGUAGE_TAG, nameOf, type Locale, type Named } from '../i18n/locale.ts';
import { translator, type Translate } from '../i18n/translate.ts';

export type Theme = 'light' | 'dark' | 'auto';

/** What the server knows of the reader's choices when it draws a page. */
export interface PreferenceChoices {
	readonly locale: Locale;
	readonly theme: Theme;
	readonly unit: AreaUnit;
}

const YEAR_S = 365 * 24 * 60 * 60;
const CONTEXT = Symbol('preferences');

function remember(name: string, value: string): void {
	document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** The reader's language, theme and area unit; a change shows at once and is remembered in a cookie. */
export class Preferences {
	#locale = $state<Locale>('zh');
	#theme = $state<Theme>('auto');
	#unit = $state<AreaUnit>('ha');
	readonly #translate = $derived(translator(this.#locale));

	constructor(choices: PreferenceChoices) {
		this.#locale = choices.locale;
		this.#theme = choices.theme;
		this.#unit = choices.unit;
	}

	get locale(): Locale {
		return this.#locale;
	}

	set locale(locale: Locale) {
		this.#locale = locale;
		remember('locale', locale);
		document.documentElement.lang = LANGUAGE_TAG[locale];
	}

	get theme(): Theme {
		return this.#theme;
	}

	set theme(theme: Theme) {
		this.#theme = theme;
		remember('theme', theme);
		document.documentElement.dataset.theme = theme;
	}

	get unit(): AreaUnit {
		return this.#unit;
	}

	set unit(unit: AreaUnit) {
		this.#unit = unit;
		remember('unit', unit);
	}

	/** The text of a key in the reader's language. */
	get t(): Translate {
		return this.#translate;
	}

	/** The name of a thing in the reader's language. */
	name(thing: Named): string {
		return nameOf(thing, this.#locale);
	}

	/** Names one after the other, as the reader's language parts them. */
	list(names: readonly string[]): string {
		return names.join(this.#locale === 'zh' ? '、' : ', ');
	}

	/** An area in the reader's unit, with the unit. */
	area(areaM2: string | number, detail: AreaDetail = 'exact'): string {
		return formatArea(areaM2, this.#unit, this.#locale, detail);
	}

	/** The name of the reader's unit. */
	get unitName(): string {
		return unitName(this.#unit, this.#locale);
	}

	/** An instant in the reader's language, to the minute. */
	moment(instant: string, timeZone?: string): string {
		return formatMoment(instant, this.#locale, timeZone);
	}

	/** A day in the reader's language. */
	date(value: string, timeZone?: string): string {
		return formatDate(value, this.#locale, timeZone);
	}
}

/** Gives the preferences to every component below. */
export function providePreferences(choices: PreferenceChoices): Preferences {
	return setContext(CONTEXT, new Preferences(choices));
}

/** The preferences of the page that the component stands in. */
export function getPreferences(): Preferences {
	return getContext<Preferences>(CONTEXT);
}
