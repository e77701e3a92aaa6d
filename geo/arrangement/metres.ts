/** Mean length of a degree of a great circle, in metres. */
const METRES_PER_DEG = 111_195;

const RAD_PER_DEG = Math.PI / 180;

/**
 * The distance of two near places in metres, for comparing lengths and reporting movements; not for area.
 *
 * Degrees (EPSG:4490). On a sphere, flat about their middle, the same both ways: within 0.6 % of the ellipsoid over a few kilometres. O(1).
 */
export function metresBetween(aLon: number, aLat: number, bLon: number, bLat: number): number {
	const east = (aLon - bLon) * Math.cos(((aLat + bLat) / 2) * RAD_PER_DEG);
	return Math.hypot(east, aLat - bLat) * METRES_PER_DEG;
}

/** The distance in metres of place p from the edge a–b, by the same measure, flat about p. O(1). */
export function metresFromEdge(
	pLon: number,
	pLat: number,
	aLon: number,
	aLat: number,
	bLon: number,
	bLat: number,
): number {
	// From one end always, so that it is the same to the bit both ways.
	if (aLon > bLon || (aLon === bLon && aLat > bLat))
		return metresFromEdge(pLon, pLat, bLon, bLat, aLon, aLat);
	const scale = Math.cos(pLat * RAD_PER_DEG);
	const ax = (aLon - pLon) * scale;
	const ay = aLat - pLat;
	const dx = (bLon - aLon) * scale;
	const dy = bLat - aLat;
	const length2 = dx * dx + dy * dy;
	const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
	return Math.hypot(ax + along * dx, ay + along * dy) * METRES_PER_DEG;
}
