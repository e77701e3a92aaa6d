import { checkParcelSet } from '$geo/check/check.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import { featureCount, type FlatPolygons, type LonLat } from '$geo/flat-polygons.ts';
import type { CoverageLayerSource, ParkOutlineSource } from './coverage-source.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

const ISSUES_NAMED = 5;

/**
 * Refuses a coverage whose parcels overlap, leave ground of a park that they enclose uncovered, or are not valid.
 *
 * Parcels may lie outside every park or across several, and a park need not be filled to its border; ground that parcels enclose
 * outside every outline is an enclave, not a gap. Throws a ZoneFolderError that names the file and the first issues: code,
 * features and place. O(edges log edges).
 */
export function checkCoverageFile(
	file: string,
	layer: CoverageLayerSource,
	outlines: readonly ParkOutlineSource[],
): void {
	const parcelNos = Int32Array.from({ length: featureCount(layer.polygons) }, (_, i) => i + 1);
	const issues = checkParcelSet({ parcelNos, polygons: layer.polygons }).filter(
		({ severity, code, at }) =>
			severity === 'error' &&
			(code !== 'coverage.gap' || at === null || outlines.some(({ polygons }) => contains(polygons, at))),
	);
	if (issues.length === 0) return;
	const named = issues.slice(0, ISSUES_NAMED).map((issue) => describeIssue(issue, layer));
	const more = issues.length > ISSUES_NAMED ? [`and ${issues.length - ISSUES_NAMED} more`] : [];
	throw new ZoneFolderError(file, [...named, ...more].join('; '));
}

function describeIssue({ code, parcelNos, at, params }: CoverageIssue, layer: CoverageLayerSource): string {
	const features = parcelNos.map((no) => {
		const name = layer.codes?.[no - 1] ?? layer.parcelNos?.[no - 1];
		return `features[${no - 1}]${name === undefined ? '' : ` (${name})`}`;
	});
	const reason = params.reason === undefined ? '' : ` ${params.reason}`;
	const area = params.areaM2 === undefined ? '' : `, ${params.areaM2.toFixed(2)} m²`;
	const place = at === null ? '' : ` at ${at[0].toFixed(7)}, ${at[1].toFixed(7)}`;
	return `${code}${reason}${place}${area}: ${features.join(', ')}`;
}

/** Whether a place lies in any of the polygons, by even and odd crossings. O(positions). */
function contains({ coordinates, ringOffsets }: FlatPolygons, [lon, lat]: LonLat): boolean {
	let isInside = false;
	for (let ring = 0; ring + 1 < ringOffsets.length; ring++) {
		const to = ringOffsets[ring + 1];
		let before = to - 1;
		for (let at = ringOffsets[ring]; at < to; before = at++) {
			const [x0, y0] = coordinates.subarray(2 * before, 2 * before + 2);
			const [x1, y1] = coordinates.subarray(2 * at, 2 * at + 2);
			if (y0 > lat !== y1 > lat && lon < x1 + ((x0 - x1) * (lat - y1)) / (y0 - y1)) isInside = !isInside;
		}
	}
	return isInside;
}
