/** The code of a parcel that has none of the registry's: P or C, and its number in six digits; marked provisional (预编). */
export function provisionalCode(kind: 'plan' | 'current', parcelNo: number): string {
	return `${kind === 'plan' ? 'P' : 'C'}${String(parcelNo).padStart(6, '0')}`;
}
