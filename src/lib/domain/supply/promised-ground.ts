import { changesetError, type ChangesetIssue } from '../changeset/issue.ts';
import { isOver, type SupplyState } from './life-cycle.ts';

/** A supply of a plot, as far as its ground is promised by it. */
export interface PromisingSupply {
	readonly supplyNo: number;
	readonly state: SupplyState;
}

/**
 * Finds to whom the ground of a plot is promised: `plot.on-offer` while it is offered, `plot.ground-agreed` from the award until the supply is over.
 *
 * Null: to nobody; a plot that only stands in a programme may still be drawn anew. Once it is awarded its outline is that of a contract and of
 * the register: a change of it is a supplement and another registration, not another drawing.
 */
export function findPromise(supplies: readonly PromisingSupply[]): ChangesetIssue | null {
	const open = supplies.find(({ state }) => state !== 'programmed' && !isOver(state));
	if (open === undefined) return null;
	const { supplyNo } = open;
	return open.state === 'offered'
		? changesetError('plot.on-offer', { supplyNo })
		: changesetError('plot.ground-agreed', { supplyNo });
}
