import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './build.js';

/** Lines of a message that are kept: what was expected and where, without the whole stack. */
const KEPT_LINES = 12;

/** @param {string} place @param {string} title @param {string[]} messages */
function toldFailure(place, title, messages) {
	const message = stripVTControlCharacters(messages.join('\n')).split('\n').slice(0, KEPT_LINES);
	return [`✗ ${place} › ${title}`, ...message.map((line) => `    ${line}`)].join('\n');
}

/**
 * The failed tests of a report of vitest, each with its file and message; also a file that failed as a whole.
 *
 * @param {any} report in vitest's JSON format @returns {string[]}
 */
export function failedInVitest(report) {
	return report.testResults.flatMap((/** @type {any} */ file) => {
		const place = relative(ROOT, file.name);
		const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
		if (failed.length === 0 && file.status === 'failed') {
			return [toldFailure(place, 'the whole file', [file.message ?? ''])];
		}
		return failed.map((/** @type {any} */ test) => toldFailure(place, test.fullName, test.failureMessages));
	});
}

/**
 * The failed tests of a report of Playwright, each with its file and messages.
 *
 * @param {any} report in Playwright's JSON format @returns {string[]}
 */
export function failedInPlaywright(report) {
	/** @param {any} suite @returns {any[]} */
	const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
	return report.suites.flatMap(specsOf).flatMap((/** @type {any} */ spec) => {
		const failed = spec.tests.filter((/** @type {any} */ test) => test.status === 'unexpected');
		return failed.map((/** @type {any} */ test) => {
			const errors = test.results.flatMap((/** @type {any} */ result) => result.errors ?? []);
			return toldFailure(
				`test/e2e/${spec.file}:${spec.line}`,
				spec.title,
				errors.map((/** @type {any} */ error) => String(error.message)),
			);
		});
	});
}
