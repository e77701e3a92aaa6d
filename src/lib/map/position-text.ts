import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { groupDecimal } from '../i18n/format-number.ts';

/** Coordinate systems in which a position may be read: CGCS2000 longitude/latitude, or the zone's projected one. */
export type PositionCrs = 'geographic' | 'projected';

/** A position as two values in the axis order of their system; the names of the axes are i18n keys. */
export interface PositionText {
	readonly first: { readonly axis: 'longitude' | 'northing'; readonly value: string };
	readonly second: { readonly axis: 'latitude' | 'easting'; readonly value: string };
}

/**
 * Writes a position (degrees, EPSG:4490) for the status bar.
 *
 * Geographic: longitude, latitude with `decimals` decimals. Projected: survey axes, X north before Y east, whole metres.
 */
export function positionText(
	position: LonLat,
	crs: PositionCrs,
	projectSrid: number,
	decimals = 5,
): PositionText {
	if (crs === 'geographic') {
		return {
			first: { axis: 'longitude', value: `${position[0].toFixed(decimals)}°` },
			second: { axis: 'latitude', value: `${position[1].toFixed(decimals)}°` },
		};
	}
	const [eastM, northM] = gaussKruger(projectSrid).forward(position);
	return {
		first: { axis: 'northing', value: `${groupDecimal(northM.toFixed(0))} m` },
		second: { axis: 'easting', value: `${groupDecimal(eastM.toFixed(0))} m` },
	};
}
