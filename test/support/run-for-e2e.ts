import { makeFolder, startProgram } from './run-program.ts';

/** Starts the program for the browser tests, office view included, on a free port and an empty data folder. */
export default async function setup(): Promise<() => Promise<void>> {
	const folder = await makeFolder();
	const program = startProgram({ DATA_DIR: folder.path, OFFICE_ON_LOCALHOST: 'on' });
	process.env['YUANTU_TEST_ADDRESS'] = await program.address();
	const passwordAfter = async (words: string) =>
		new RegExp(`${words} (\\S+)`).exec(await program.line(new RegExp(words)))?.[1];
	process.env['YUANTU_TEST_ONE_TIME_PASSWORD'] = await passwordAfter('one-time password');
	process.env['YUANTU_TEST_SAMPLE_PASSWORD'] = await passwordAfter('sample people {2}password');
	return async () => {
		await program.stop();
		await folder.remove();
	};
}
