/** So often what others may have done is looked for. */
const EVERY_MS = 45_000;

/**
 * Looks again now and then, and whenever the page comes into sight; a page that nobody sees does not ask. Gives back how to end it.
 *
 * What a look throws is left to the next one.
 */
export function recheck(look: () => Promise<void>): () => void {
	const lookIfSeen = () => {
		if (document.visibilityState === 'visible') look().catch(() => undefined);
	};
	const timer = setInterval(lookIfSeen, EVERY_MS);
	document.addEventListener('visibilitychange', lookIfSeen);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', lookIfSeen);
	};
}
