/** Items 0 … n − 1 by cost: a binary heap in which an item's cost can change. Equal costs go by the item's rank. */
export class CostQueue {
	private readonly heap: Uint32Array;
	private readonly placeOf: Int32Array;
	private readonly costs: Float64Array;
	private readonly ranks: ArrayLike<number>;
	private size = 0;

	constructor(ranks: ArrayLike<number>) {
		this.ranks = ranks;
		this.heap = new Uint32Array(ranks.length);
		this.placeOf = new Int32Array(ranks.length).fill(-1);
		this.costs = new Float64Array(ranks.length);
	}

	/** Puts an item in, or changes its cost. O(log items). */
	put(item: number, cost: number): void {
		let at = this.placeOf[item];
		if (at < 0) at = this.size++;
		else if (this.costs[item] === cost) return;
		this.costs[item] = cost;
		this.place(item, at);
		this.sink(this.rise(at));
	}

	/** Takes the item of the least cost out, −1 when there is none; `costOf` still tells its cost. O(log items). */
	take(): number {
		if (this.size === 0) return -1;
		const item = this.heap[0];
		this.placeOf[item] = -1;
		this.size--;
		if (this.size > 0) {
			this.place(this.heap[this.size], 0);
			this.sink(0);
		}
		return item;
	}

	/** The cost last given to an item. */
	costOf(item: number): number {
		return this.costs[item];
	}

	private place(item: number, at: number): void {
		this.heap[at] = item;
		this.placeOf[item] = at;
	}

	private isBefore(item: number, other: number): boolean {
		const difference = this.costs[item] - this.costs[other];
		return difference < 0 || (difference === 0 && this.ranks[item] < this.ranks[other]);
	}

	private rise(from: number): number {
		const item = this.heap[from];
		let at = from;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!this.isBefore(item, this.heap[parent])) break;
			this.place(this.heap[parent], at);
			at = parent;
		}
		this.place(item, at);
		return at;
	}

	private sink(from: number): void {
		const item = this.heap[from];
		let at = from;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= this.size) break;
			if (child + 1 < this.size && this.isBefore(this.heap[child + 1], this.heap[child])) child++;
			if (!this.isBefore(this.heap[child], item)) break;
			this.place(this.heap[child], at);
			at = child;
		}
		this.place(item, at);
	}
}
