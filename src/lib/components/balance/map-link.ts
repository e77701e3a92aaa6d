/** What a link to the map shows; parts that are left out stay as the map has them. */
export interface MapTarget {
	readonly layer?: 'plan' | 'current';
	/** `coverage:parcelNo`. */
	readonly parcel?: string;
	/** Shows this class alone. */
	readonly classKey?: string;
	readonly park?: string;
}

/** The address of the map page with something in view. */
export function mapHref(zoneId: string, target: MapTarget): string {
	const params = new URLSearchParams({ zone: zoneId });
	if (target.layer !== undefined) params.set('layer', target.layer);
	if (target.parcel !== undefined) params.set('sel', target.parcel);
	if (target.classKey !== undefined) params.set('only', target.classKey);
	if (target.park !== undefined) params.set('park', target.park);
	return `/?${params}`;
}
