import type { FeatureCollection } from 'geojson';
import type { Refusal } from '$geo/edit/difference.ts';
import { pointFeatures } from './draft-features.ts';
import type { StepEffect } from './step-effect.ts';

/** Why a step was refused, or would be; one that has just been done would change nothing, which is nothing wrong. */
export function toldRefusal(refused: Refusal | null, effect: StepEffect | null): Refusal | null {
	if (refused !== null || effect === null || effect.ok) return refused;
	return isTold(effect.refusal) ? effect.refusal : null;
}

/** Says whether a step that would be refused so is told before it is taken. */
export function isTold(refusal: Refusal | null): boolean {
	return refusal !== null && refusal.code !== 'step.changes-nothing';
}

/** Draws where a step is refused; nothing where it is not, or at no place. */
export function refusalFeatures(told: Refusal | null): FeatureCollection {
	return pointFeatures(told === null || told.at === null ? [] : [told.at]);
}
