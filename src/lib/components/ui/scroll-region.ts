import type { Attachment } from 'svelte/attachments';

const FOCUSABLE =
	':is(a[href], button, input, select, textarea, summary, [tabindex]):not([tabindex="-1"], :disabled)';

/**
 * Lets the keyboard reach a box that scrolls in itself: while it overflows and nothing in it takes the focus, it takes the
 * focus itself, under this name.
 */
export function scrollRegion(label: string): Attachment<HTMLElement> {
	return (box) => {
		let overflows = false;
		const settle = (): void => {
			if (overflows && box.querySelector(FOCUSABLE) === null) {
				box.role = 'group';
				box.ariaLabel = label;
				box.tabIndex = 0;
				return;
			}
			for (const name of ['role', 'aria-label', 'tabindex']) box.removeAttribute(name);
		};
		const sizes = new ResizeObserver(() => {
			overflows = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
			settle();
		});
		const watchSizes = (): void => {
			sizes.disconnect();
			for (const element of [box, ...box.children]) sizes.observe(element);
		};
		const contents = new MutationObserver((changes) => {
			const own = changes.filter(({ target }) => target === box);
			if (own.some(({ type }) => type === 'childList')) watchSizes();
			else if (own.length < changes.length) settle();
		});
		contents.observe(box, { childList: true, subtree: true, attributeFilter: ['tabindex', 'disabled'] });
		watchSizes();
		return () => {
			sizes.disconnect();
			contents.disconnect();
		};
	};
}
