import { toolOfKey } from '../map/edit/tool-name.ts';
import type { ToolDesk } from './tool-desk.svelte.ts';

/** Keys that have a meaning of their own where text is typed or something is chosen from a list. */
const isTyping = (target: EventTarget | null) =>
	target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** Tools that change nothing. */
const LOOKING = ['select', 'select_box', 'measure'];

/** Does what a key means at the desk; says whether it moves the map, so that places are put down in its middle. */
export function pressKey(event: KeyboardEvent, tools: ToolDesk): boolean {
	const { draft } = tools;
	if (event.key === 'Alt') tools.isFree = true;
	if (isTyping(event.target)) return false;
	const isOnMap = event.target instanceof HTMLCanvasElement;
	const isMoving = isOnMap && event.key.startsWith('Arrow');
	if (event.ctrlKey || event.metaKey) {
		const key = event.key.toLowerCase();
		if (key === 'z' && !event.shiftKey) draft.undo();
		else if (key === 'y' || key === 'z') draft.redo();
		else if (key === 'enter') tools.finish();
		else return isMoving;
		event.preventDefault();
		return isMoving;
	}
	if (event.altKey) return isMoving;
	// After a tool was pressed its button has the focus; what follows is meant for the map all the same.
	const isOnTool = event.target instanceof Element && event.target.closest('.rail') !== null;
	const isFree = isOnTool || event.target === document.body;
	if (event.key === 'Escape' && isFree) tools.cancel();
	if (event.key === 'Backspace' && (isOnMap || isFree)) tools.back();
	// A letter means a tool only where no other thing has the focus.
	const tool = isOnMap || isOnTool ? toolOfKey(event.key) : null;
	if (tool !== null && (draft.isEditable || LOOKING.includes(tool))) tools.use(tool);
	return isMoving;
}
