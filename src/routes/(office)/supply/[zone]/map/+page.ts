import { readRegisterView } from '$lib/state/plot-register.ts';
import type { PageLoad } from './$types';

/** Which plots the address asks for; the map asks for those in view itself. */
export const load: PageLoad = ({ url }) => ({ view: readRegisterView(url.searchParams) });
