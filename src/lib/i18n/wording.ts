/** The shape that a translated section must have: the same keys as the Chinese one. */
export type Wording<Section> = { readonly [K in keyof Section]: string };

/** The names between braces in a text, as a union of literals. */
export type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | Placeholder<Rest>
	: never;

/** Lists the placeholders of a text, sorted and without repeats. */
export function placeholdersOf(text: string): string[] {
	const names = Array.from(text.matchAll(/\{([^}]*)\}/g), (match) => match[1]);
	return [...new Set(names)].sort();
}

/** Puts values in the place of their placeholders; one without a value stays. */
export function fill(
	text: string,
	values: Readonly<Record<string, string | number | boolean | null>>,
): string {
	return text.replace(/\{([^}]*)\}/g, (whole, name: string) => {
		const value = values[name];
		return value === undefined || value === null ? whole : String(value);
	});
}
