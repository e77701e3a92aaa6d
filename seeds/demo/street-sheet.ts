import { ringAreaM2 } from './curve.ts';
import { RANK } from './draft-parcel.ts';
import type { Sheet } from './draft-parcel.ts';
import type { RingM } from './frame.ts';
import type { Ground } from './ground.ts';
import { streetFaces } from './street-faces.ts';
import { isArterialStretch } from './street-graph.ts';
import type { StreetGraph } from './street-graph.ts';

/** Half widths in metres at the default parcel count, and how far corners are cut back. */
export interface StreetProfile {
	readonly arterialM: number;
	readonly collectorM: number;
	readonly cornerM: number;
}

/** Draws the streets of a graph, one draft parcel per street, and returns the blocks between them that touch the park. O(stretches). */
export function drawStreets(
	sheet: Sheet,
	{ mesh, widthScale, touchesPark }: Ground,
	graph: StreetGraph,
	profile: StreetProfile,
): RingM[] {
	const { surfaces, blocks } = streetFaces({
		mesh,
		graph,
		halfWidthM: (stretch) =>
			(isArterialStretch(graph, stretch) ? profile.arterialM : profile.collectorM) * widthScale,
		cornerM: profile.cornerM * widthScale,
	});
	const drafts = new Map<number, number>();
	for (const { street, ring } of surfaces) {
		const rank = isArterialStretch(graph, street) ? RANK.arterial : RANK.collector;
		const draft = drafts.get(street);
		if (draft !== undefined) sheet.claims.push({ ring, draft, rank });
		else drafts.set(street, sheet.add({ kind: 'street', classCode: '1207', state: 'built' }, rank, ring));
	}
	return blocks.filter((block) => ringAreaM2(block) > 0 && touchesPark(block));
}
