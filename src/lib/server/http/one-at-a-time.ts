/** Runs works of one kind one after another in a process: a caller gets what its work gives, or null where `most` wait or run already. What one throws stops none after it. */
export function oneAtATime(most: number): <Value>(work: () => Promise<Value>) => Promise<Value> | null {
	let last: Promise<unknown> = Promise.resolve();
	let waiting = 0;
	return (work) => {
		if (waiting >= most) return null;
		waiting++;
		const working = last.then(work);
		last = working.catch(() => null).finally(() => waiting--);
		return working;
	};
}
