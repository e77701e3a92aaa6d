const AREA = /^\d+(?:\.\d+)?$/;
/** A comma between digits with three after it: a thousand, or two areas. */
const DOUBTFUL = /\d,\d{3}(?!\d)/;

/**
 * Reads typed areas in m², separated by commas, semicolons or spaces; empty text is none.
 *
 * Null where something is no positive number, or a comma may as well group thousands.
 */
export function readAreas(text: string): number[] | null {
	const typed = text.normalize('NFKC');
	if (DOUBTFUL.test(typed)) return null;
	const parts = typed.split(/[,;、\s]+/).filter((part) => part !== '');
	const areas = parts.map((part) => (AREA.test(part) ? Number(part) : 0));
	return areas.every((area) => area > 0) ? areas : null;
}
