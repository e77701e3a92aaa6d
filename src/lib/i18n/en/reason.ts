import type { Wording } from '../wording.ts';
import type { reason as zh } from '../zh/reason.ts';

export const reason: Wording<typeof zh> = {
	'hole-outside-shell': 'a hole lies outside its outer ring',
	'holes-overlapping': 'two holes overlap',
	'self-crossing': 'it crosses itself',
	'self-touching': 'it touches itself',
	'too-few-vertices': 'it has fewer than three different vertices',
	'value-missing': 'it is not given',
	'value-not-offered': 'there is no such choice',
	'value-not-valid': 'it is not written as it should be',
	'value-too-large': 'it is above the limit',
	'value-too-small': 'it is below the limit',
	'zero-area': 'it has no area',
};
