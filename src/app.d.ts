declare global {
	namespace App {
		interface Locals {
			/** Who asks. */
			actor: import('$lib/server/access/actor.ts').Actor;
			locale: 'zh' | 'en';
			theme: 'light' | 'dark' | 'auto';
			/** Set when the request failed because the database does not answer. */
			databaseLost?: boolean;
		}
	}
}

export {};
