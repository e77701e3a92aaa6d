import { getContext, setContext } from 'svelte';
import type { WireNoticeList } from '../api/notice.ts';
import { Query } from './query.svelte.ts';

const CONTEXT = Symbol('notice-board');

/** What waits for the reader, as the top bar counts it: a page below that does something of it has it read again (`retry`). */
export type NoticeBoard = Query<WireNoticeList>;

/** Gives the board to every component below. */
export function provideNoticeBoard(): NoticeBoard {
	return setContext(CONTEXT, new Query<WireNoticeList>());
}

/** The board of the page that the component stands in. */
export function getNoticeBoard(): NoticeBoard {
	return getContext<NoticeBoard>(CONTEXT);
}
