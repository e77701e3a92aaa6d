import type { Wording } from '../wording.ts';
import type { about as zh } from '../zh/about.ts';

export const about: Wording<typeof zh> = {
	title: 'About the data',
};
