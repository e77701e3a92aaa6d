const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const FORWARDING = [
	'forwarded',
	'x-forwarded-for',
	'x-forwarded-host',
	'x-real-ip',
	'true-client-ip',
	'cf-connecting-ip',
	'via',
];

/** Says whether a request comes from this machine itself: a loopback socket, no proxy in between, a local Host.
 *
 * The Host test keeps a foreign page from reaching the office view by DNS rebinding. The other tests keep the common reverse
 * proxies from lending their loopback address to the world: those that name the client in a header, and those that ask in HTTP/1.0
 * without one (nginx as it comes). A bare TCP forward (ssh -R, socat) cannot be told from a browser here: the setting is for trying,
 * and is refused together with a public ORIGIN.
 */
export function isFromThisMachine(remoteAddress: string, headers: Headers): boolean {
	if (!LOOPBACK.test(remoteAddress)) return false;
	if (FORWARDING.some((name) => headers.has(name))) return false;
	if (headers.get('sec-fetch-site') === 'cross-site') return false;
	return LOCAL_HOST.test(headers.get('host') ?? '');
}
