import type { Finding } from '$lib/domain/supply/finding.ts';
import type { ReckonedTopUp, TransferQuestions } from '../service/supply/transfer-questions.ts';

const findingToWire = (finding: Finding) => ({ ...finding, params: { ...finding.params } });

export function transferQuestionsToWire({ onDate, transfers, exit }: TransferQuestions) {
	return {
		onDate,
		transfers: transfers.map(({ what, findings }) => ({ what, findings: findings.map(findingToWire) })),
		exit: exit.map(findingToWire),
	};
}

export function topUpToWire({ topUp, ...reckoned }: ReckonedTopUp) {
	return { ...reckoned, topUp: topUp === null ? null : { ...topUp, params: { ...topUp.params } } };
}
