declare global {
	namespace App {
		interface Locals {
			/** Who asks. */
			actor: import('$lib/server/access/actor.ts').Actor;
			/** Who is signed in; he may have to change his password before anything else. */
			visitor: import('$lib/server/service/sign-in.ts').Visitor | null;
			/** Set-Cookie lines for the answer. */
			cookies: string[];
			locale: 'zh' | 'en';
			theme: 'light' | 'dark' | 'auto';
			/** Set when the request failed because the database does not answer. */
			databaseLost?: boolean;
		}
	}
}

export {};
