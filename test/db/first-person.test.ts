import { expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertAccount, renewAccount } from '$lib/server/db/first-person.ts';
import { freshDatabase } from '../support/database.ts';

it('an account that is renewed has a password, also where it had none, and says whether it was disabled', async () => {
	const database = await freshDatabase('server');
	const account = {
		userId: 'u-1',
		name: '甲',
		email: 'a@office.invalid',
		hash: 'old',
		mustChangePassword: false,
	};
	await asOwner(database, async (sql) => {
		await insertAccount(sql, account);
		const hashes = async () =>
			(await sql<{ hash: string }[]>`select password_hash as hash from app_account`).map(({ hash }) => hash);
		expect(await renewAccount(sql, 'u-1', 'new')).toEqual({ wasDisabled: false });
		expect(await hashes()).toEqual(['new']);
		await sql`delete from app_account`;
		await sql`update app_user set disabled_at = now()`;
		expect(await renewAccount(sql, 'u-1', 'newest')).toEqual({ wasDisabled: true });
		expect(await hashes()).toEqual(['newest']);
		expect(await renewAccount(sql, 'u-1', 'last')).toEqual({ wasDisabled: false });
	});
	await database.close();
});
