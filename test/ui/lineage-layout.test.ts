import { describe, expect, it } from 'vitest';
import { lineageLayout } from '$lib/components/history/lineage-layout.ts';

const edge = (from: number, to: number, revision: number) => ({ from, to, revision });

function columnsOf(parcelNo: number, edges: readonly ReturnType<typeof edge>[]) {
	const numbers = [...new Set([parcelNo, ...edges.flatMap(({ from, to }) => [from, to])])];
	const parcels = numbers.map((no) => ({
		parcelNo: no,
		code: String(no),
		classKey: null,
		areaM2: '1.00',
		isCurrent: true,
	}));
	const { columns, arrows } = lineageLayout(parcelNo, { parcels, edges: [...edges], isCut: false });
	return { columns: columns.map((column) => column.parcels.map((parcel) => parcel.parcelNo)), arrows };
}

describe('the columns of a lineage', () => {
	it('put ancestors before and descendants behind', () => {
		const { columns, arrows } = columnsOf(3, [edge(1, 3, 2), edge(2, 3, 2), edge(3, 4, 5), edge(3, 5, 5)]);
		expect(columns).toEqual([[1, 2], [3], [4, 5]]);
		expect(arrows).toHaveLength(4);
	});

	it('put a parcel behind all that gave it ground', () => {
		const { columns } = columnsOf(1, [edge(1, 2, 2), edge(1, 3, 2), edge(2, 3, 3)]);
		expect(columns).toEqual([[1], [2], [3]]);
	});

	it('put a parcel that came back after a restore once, with both arrows', () => {
		const { columns, arrows } = columnsOf(1, [edge(1, 2, 2), edge(2, 1, 3)]);
		expect(columns).toEqual([[1], [2]]);
		expect(arrows).toHaveLength(2);
	});

	it('leave a parcel without relatives alone', () => {
		expect(columnsOf(7, [])).toEqual({ columns: [[7]], arrows: [] });
	});
});
